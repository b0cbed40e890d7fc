import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import type { CommandResult } from '#contract/ipc/index.ts';
import type { JsonDocument } from '#core/settings/index.ts';
import { showLine } from '#core/foundation/index.ts';
import type { RunProgram } from '#core/office/desktop/run-program.ts';
import type { LinkRegistration } from '../dial-desk.ts';
import { desktopEntry, desktopFile, desktopTypes, withoutDefault } from './desktop-entry.ts';
import { linkSchemes, productName, type LinkProgram } from './link-program.ts';

export interface XdgLinkRegistrationOptions {
  program: LinkProgram;
  /** `XDG_DATA_HOME` and `XDG_CONFIG_HOME`. */
  dataHome: string;
  configHome: string;
  /** Folders beside `dataHome` in which programs are described. */
  dataDirectories: readonly string[];
  run: RunProgram;
  /** Keeps who opened the links before. */
  document: JsonDocument;
}

const types = Object.values(desktopTypes).flat();

/** The user's own defaults on a Linux desktop; nothing is changed for others. */
export class XdgLinkRegistration implements LinkRegistration {
  private readonly options: XdgLinkRegistrationOptions;

  constructor(options: XdgLinkRegistrationOptions) {
    this.options = options;
  }

  async status(): Promise<CommandResult<'links.status'>> {
    const found = await Promise.all(
      linkSchemes.map(async (scheme) => {
        const file = await this.defaultOf(desktopTypes[scheme][0]).catch(() => null);
        if (file === null) return null;
        return { scheme, ours: file === desktopFile, owner: await this.nameOf(file) };
      }),
    );
    const schemes = found.filter((one) => one !== null);
    // Without xdg-mime nobody can say.
    return { supported: schemes.length === linkSchemes.length, schemes };
  }

  async register(register: boolean): Promise<CommandResult<'links.register'>> {
    try {
      if (register) await this.take();
      else await this.giveBack();
      return { done: register ? 'registered' : 'removed' };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new OffhookError('links.not-here', { cause });
      throw new OffhookError('links.failed', { detail: String(cause).slice(0, 300), cause });
    }
  }

  private get entry(): string {
    return path.join(this.options.dataHome, 'applications', desktopFile);
  }

  private async take(): Promise<void> {
    const { run, document, program } = this.options;
    const before: Record<string, string> = {};
    for (const type of types) {
      const file = await this.defaultOf(type);
      if (file !== '' && file !== desktopFile) before[type] = file;
    }
    await document.write({ ...document.value, version: 1, before: { ...this.before, ...before } });
    await mkdir(path.dirname(this.entry), { recursive: true });
    await writeFile(this.entry, desktopEntry(program));
    await this.refresh();
    await run('xdg-mime', ['default', desktopFile, ...types]);
  }

  private async giveBack(): Promise<void> {
    const { run, document, configHome, dataHome } = this.options;
    for (const [type, file] of Object.entries(this.before))
      if ((await this.defaultOf(type)) === desktopFile) await run('xdg-mime', ['default', file, type]);
    for (const list of [path.join(configHome, 'mimeapps.list'), path.join(dataHome, 'applications', 'mimeapps.list')]) {
      const text = await readFile(list, 'utf8').catch(() => null);
      if (text?.includes(desktopFile)) await writeFile(list, withoutDefault(text, desktopFile));
    }
    await rm(this.entry, { force: true });
    await this.refresh();
    await document.write({ version: 1, before: {} });
  }

  /** Some desktops read the descriptions from a cache; where there is none, nothing is to be done. */
  private async refresh(): Promise<void> {
    await this.options.run('update-desktop-database', [path.dirname(this.entry)]).catch(() => null);
  }

  private get before(): Record<string, string> {
    const { before } = this.options.document.value;
    const known = Object.entries(typeof before === 'object' && before !== null ? before : {});
    const isKnown = ([type, file]: [string, unknown]) =>
      types.some((each) => each === type) && typeof file === 'string' && /^[\w.-]+\.desktop$/.test(file);
    return Object.fromEntries(known.filter(isKnown)) as Record<string, string>;
  }

  private async defaultOf(type: string): Promise<string> {
    return (await this.options.run('xdg-mime', ['query', 'default', type])).stdout.trim();
  }

  private async nameOf(file: string): Promise<string> {
    if (file === '') return '';
    if (file === desktopFile) return productName;
    for (const folder of [this.options.dataHome, ...this.options.dataDirectories]) {
      const text = await readFile(path.join(folder, 'applications', path.basename(file)), 'utf8').catch(() => '');
      const name = /^Name=(.*)$/m.exec(text)?.[1];
      if (name) return showLine(name, 100);
    }
    return showLine(file.replace(/\.desktop$/, ''), 100);
  }
}
