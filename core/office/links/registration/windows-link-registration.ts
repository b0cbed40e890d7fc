import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import type { CommandResult } from '#contract/ipc/index.ts';
import { showLine } from '#core/foundation/index.ts';
import type { RunProgram } from '#core/office/desktop/run-program.ts';
import type { LinkRegistration } from '../dial-desk.ts';
import { linkSchemes, productName, type LinkProgram, type LinkScheme } from './link-program.ts';
import {
  classOf,
  linkCommandLine,
  productKey,
  programIdOf,
  registeredApplications,
  userChoiceOf,
  windowsRegistry,
} from './windows-registry.ts';

export interface WindowsLinkRegistrationOptions {
  program: LinkProgram;
  run: RunProgram;
  /** Where classes that belong to others are kept until they get them back. */
  folder: string;
}

/** Of the system's page where a user chooses programs, Offhook's part. */
const choicePage = `ms-settings:defaultapps?registeredAppUser=${productName}`;

/**
 * The user's own registry, by `reg.exe`. Which program opens a link Windows lets only the user choose (the choice is
 * protected by a hash): the page for it is opened.
 */
export class WindowsLinkRegistration implements LinkRegistration {
  private readonly options: WindowsLinkRegistrationOptions;

  constructor(options: WindowsLinkRegistrationOptions) {
    this.options = options;
  }

  async status(): Promise<CommandResult<'links.status'>> {
    const schemes = await Promise.all(linkSchemes.map((scheme) => this.statusOf(scheme)));
    return { supported: true, schemes };
  }

  async register(register: boolean): Promise<CommandResult<'links.register'>> {
    try {
      return { done: register ? await this.take() : await this.giveBack() };
    } catch (cause) {
      throw new OffhookError('links.failed', { detail: String(cause).slice(0, 300), cause });
    }
  }

  private async take(): Promise<'registered' | 'settings'> {
    const { run, program } = this.options;
    for (const scheme of linkSchemes) await this.setAside(scheme);
    for (const { key, name, data } of windowsRegistry(program))
      await run('reg.exe', ['add', key, ...(name === null ? ['/ve'] : ['/v', name]), '/t', 'REG_SZ', '/d', data, '/f']);
    const { schemes } = await this.status();
    if (schemes.every(({ ours }) => ours)) return 'registered';
    await run('rundll32.exe', ['url.dll,FileProtocolHandler', choicePage]);
    return 'settings';
  }

  private async giveBack(): Promise<'removed'> {
    for (const scheme of linkSchemes) {
      await this.delete(classOf(programIdOf(scheme)));
      if (await this.isOurClass(scheme)) await this.delete(classOf(scheme));
      const file = this.fileOf(scheme);
      if (!(await stat(file).catch(() => null))) continue;
      await this.options.run('reg.exe', ['import', file]);
      await rm(file, { force: true });
    }
    await this.delete(productKey);
    await this.delete(registeredApplications, productName);
    return 'removed';
  }

  /** A class that another program put there is its own again when Offhook gives the links back. */
  private async setAside(scheme: LinkScheme): Promise<void> {
    if ((await this.query(classOf(scheme), null)) === null && (await this.commandOf(scheme)) === null) return;
    if (await this.isOurClass(scheme)) return;
    await this.options.run('reg.exe', ['export', classOf(scheme), this.fileOf(scheme), '/y']);
  }

  private fileOf(scheme: LinkScheme): string {
    return path.join(this.options.folder, `links-before-${scheme}.reg`);
  }

  private commandOf(name: string): Promise<string | null> {
    return this.query(`${classOf(name)}\\shell\\open\\command`, null);
  }

  /** Also of an Offhook that was installed elsewhere before: then our own class leads there too. */
  private async isOurClass(scheme: LinkScheme): Promise<boolean> {
    const command = await this.commandOf(scheme);
    if (command === null) return false;
    return command === linkCommandLine(this.options.program) || command === (await this.commandOf(programIdOf(scheme)));
  }

  private async statusOf(scheme: LinkScheme) {
    const chosen = await this.query(userChoiceOf(scheme), 'ProgId');
    if (chosen !== null) return { scheme, ours: chosen === programIdOf(scheme), owner: showLine(chosen, 100) };
    const command = await this.commandOf(scheme);
    const ours = command === linkCommandLine(this.options.program);
    return { scheme, ours, owner: ours ? productName : showLine(programOf(command ?? ''), 100) };
  }

  /** Null where there is no such value. */
  private async query(key: string, name: string | null): Promise<string | null> {
    const asked = ['query', key, ...(name === null ? ['/ve'] : ['/v', name])];
    const output = await this.options.run('reg.exe', asked).catch(() => null);
    return /\s{4}REG_(?:SZ|EXPAND_SZ)\s{4}(.*?)\r?$/m.exec(output?.stdout ?? '')?.[1] ?? null;
  }

  /** What is gone already need not go. */
  private async delete(key: string, name?: string): Promise<void> {
    const asked = name === undefined ? ['delete', key, '/f'] : ['delete', key, '/v', name, '/f'];
    await this.options.run('reg.exe', asked).catch(() => null);
  }
}

/** `"C:\Program Files\Skype\Skype.exe" "%1"` is Skype's. */
function programOf(commandLine: string): string {
  const file = /^"([^"]+)"|^(\S+)/.exec(commandLine);
  return path.win32.basename(file?.[1] ?? file?.[2] ?? '', '.exe');
}
