import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryJsonDocument } from '#core/settings/memory-json-document.ts';
import { hasProgram } from '#test/support/has-program.ts';
import { nodeRunProgram } from '#core/office/desktop/node-run-program.ts';
import { desktopEntry, desktopFile, withoutDefault } from './desktop-entry.ts';
import type { LinkProgram } from './link-program.ts';
import { WindowsLinkRegistration } from './windows-link-registration.ts';
import { linkCommandLine } from './windows-registry.ts';
import { XdgLinkRegistration } from './xdg-link-registration.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(path.join(os.tmpdir(), 'offhook-links-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('the description for a Linux desktop', () => {
  it('names the program and its arguments so that nothing in them is read by anybody', () => {
    const entry = desktopEntry({ command: ['/opt/my "phone"/$HOME/a\\b', '100%', 'open'], icon: null });
    expect(entry).toContain('Exec="/opt/my \\\\"phone\\\\"/\\\\$HOME/a\\\\\\\\b" "100%%" open %u\n');
    expect(entry).toContain(
      'MimeType=x-scheme-handler/tel;x-scheme-handler/callto;x-scheme-handler/sip;x-scheme-handler/sips;\n',
    );
  });

  it('is taken out of a list of defaults without touching what others wrote', () => {
    const list =
      '[Default Applications]\ntext/plain=a.desktop\nx-scheme-handler/tel=offhook-links.desktop\nx-scheme-handler/sip=b.desktop;offhook-links.desktop;\n';
    expect(withoutDefault(list, desktopFile)).toBe(
      '[Default Applications]\ntext/plain=a.desktop\nx-scheme-handler/sip=b.desktop;\n',
    );
  });
});

describe.runIf(hasProgram('xdg-mime'))('links on a Linux desktop', () => {
  function open(command: [string, ...string[]] = ['/opt/offhook/offhook', 'open']) {
    const program: LinkProgram = { command, icon: null };
    const [dataHome, configHome] = [path.join(home, 'data'), path.join(home, 'config')];
    mkdirSync(configHome, { recursive: true });
    const environment = {
      PATH: process.env['PATH'],
      // xdg-open looks at programs only where there is a screen; this one needs none.
      DISPLAY: ':0',
      ...{ HOME: home, XDG_DATA_HOME: dataHome, XDG_CONFIG_HOME: configHome, XDG_DATA_DIRS: path.join(home, 'system') },
    };
    const run = nodeRunProgram(environment);
    const document = new MemoryJsonDocument();
    const dataDirectories = [path.join(home, 'system')];
    const registration = new XdgLinkRegistration({
      ...{ program, dataHome, configHome, dataDirectories, run, document },
    });
    const query = async (type: string) => (await run('xdg-mime', ['query', 'default', type])).stdout.trim();
    const other = path.join(dataHome, 'applications', 'other.desktop');
    const install = async () => {
      mkdirSync(path.dirname(other), { recursive: true });
      writeFileSync(
        other,
        '[Desktop Entry]\nType=Application\nName=Other Phone\nExec=other %u\nMimeType=x-scheme-handler/tel;\n',
      );
      await run('xdg-mime', ['default', 'other.desktop', 'x-scheme-handler/tel']);
    };
    return { registration, query, install, run, dataHome, configHome };
  }

  it('are opened by Offhook once it is registered, and by nobody again when they are given back', async () => {
    const { registration, query, dataHome, configHome } = open();
    expect((await registration.status()).schemes.map(({ ours }) => ours)).toEqual([false, false, false]);
    expect(await registration.register(true)).toEqual({ done: 'registered' });
    for (const scheme of ['tel', 'callto', 'sip', 'sips'])
      expect(await query(`x-scheme-handler/${scheme}`)).toBe(desktopFile);
    expect((await registration.status()).schemes).toEqual(
      ['tel', 'callto', 'sip'].map((scheme) => ({ scheme, ours: true, owner: 'Offhook' })),
    );
    expect(await registration.register(false)).toEqual({ done: 'removed' });
    expect(await query('x-scheme-handler/tel')).toBe('');
    expect(existsSync(path.join(dataHome, 'applications', desktopFile))).toBe(false);
    expect(readFileSync(path.join(configHome, 'mimeapps.list'), 'utf8')).not.toContain('offhook');
  });

  it.runIf(hasProgram('xdg-open'))('reach the program as one argument each, whatever stands in them', async () => {
    const [script, seen] = [path.join(home, 'opened'), path.join(home, 'seen')];
    writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$#" "$@" > '${seen}.new' && mv '${seen}.new' '${seen}'\n`, {
      mode: 0o755,
    });
    const { registration, run } = open([script, 'open']);
    await registration.register(true);
    for (const link of ['tel:+74951234567;ext=12', 'tel:$(touch%20x)`id`', 'tel:1 2 "3"']) {
      await run('xdg-open', [link]);
      expect(readFileSync(seen, 'utf8').split('\n').slice(0, 3)).toEqual(['2', 'open', link]);
    }
  });

  it('are given back to the program that had them', async () => {
    const { registration, query, install } = open();
    await install();
    expect((await registration.status()).schemes[0]).toEqual({ scheme: 'tel', ours: false, owner: 'Other Phone' });
    await registration.register(true);
    await registration.register(true);
    expect(await query('x-scheme-handler/tel')).toBe(desktopFile);
    await registration.register(false);
    expect(await query('x-scheme-handler/tel')).toBe('other.desktop');
  });

  it('are left alone where the user chose another program meanwhile', async () => {
    const { registration, query, install } = open();
    await registration.register(true);
    await install();
    await registration.register(false);
    expect(await query('x-scheme-handler/tel')).toBe('other.desktop');
  });
});

describe('links without the desktop’s tools', () => {
  it('are said not to be for Offhook to take', async () => {
    const missing = () => Promise.reject(Object.assign(new Error('spawn xdg-mime ENOENT'), { code: 'ENOENT' }));
    const registration = new XdgLinkRegistration({
      program: { command: ['/x'], icon: null },
      ...{ dataHome: home, configHome: home, dataDirectories: [], run: missing, document: new MemoryJsonDocument() },
    });
    expect(await registration.status()).toEqual({ supported: false, schemes: [] });
    await expect(registration.register(true)).rejects.toMatchObject({ code: 'links.not-here' });
  });
});

/** Stands in for `reg.exe` and for the page of settings, as far as Offhook asks them. */
class RecordedRegistry {
  readonly values = new Map<string, string>();
  readonly asked: (readonly string[])[] = [];
  readonly opened: string[] = [];
  readonly run = async (program: string, parameters: readonly string[]) => {
    if (program === 'rundll32.exe') {
      this.opened.push(parameters.at(-1)!);
      return { stdout: '' };
    }
    expect(program).toBe('reg.exe');
    this.asked.push(parameters);
    return { stdout: this.reg(parameters) };
  };

  private reg([verb, key = '', ...rest]: readonly string[]): string {
    const name = rest[0] === '/v' ? rest[1]! : '';
    const id = `${key}|${name}`;
    if (verb === 'add') this.values.set(id, rest[rest.indexOf('/d') + 1]!);
    if (verb === 'delete')
      for (const each of [...this.values.keys()])
        if (name ? each === id : each.startsWith(`${key}|`) || each.startsWith(`${key}\\`)) this.values.delete(each);
    if (verb === 'export')
      writeFileSync(rest[0]!, JSON.stringify([...this.values].filter(([each]) => each.startsWith(key))));
    if (verb === 'import')
      for (const [each, data] of JSON.parse(readFileSync(key, 'utf8')) as [string, string][])
        this.values.set(each, data);
    if (verb !== 'query') return '';
    const found = this.values.get(id);
    if (found === undefined)
      throw new Error('ERROR: The system was unable to find the specified registry key or value.');
    return `\r\n${key}\r\n    ${name || '(Default)'}    REG_SZ    ${found}\r\n\r\n`;
  }
}

describe('links on Windows', () => {
  const program: LinkProgram = { command: ['C:\\Program Files\\Offhook\\Offhook.exe'], icon: null };
  const line = '"C:\\Program Files\\Offhook\\Offhook.exe" "%1"';
  const open = () => {
    const registry = new RecordedRegistry();
    return { registry, registration: new WindowsLinkRegistration({ program, run: registry.run, folder: home }) };
  };
  const choice = (scheme: string) =>
    `HKCU\\Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations\\${scheme}\\UserChoice|ProgId`;

  it('are taken by a ProgId, capabilities, the list of applications, and the class for which 1C looks', async () => {
    const { registry, registration } = open();
    await registration.register(true);
    expect(Object.fromEntries(registry.values)).toMatchObject({
      'HKCU\\Software\\Classes\\Offhook.tel|URL Protocol': '',
      'HKCU\\Software\\Classes\\Offhook.tel\\shell\\open\\command|': line,
      'HKCU\\Software\\Offhook\\Capabilities|ApplicationName': 'Offhook',
      'HKCU\\Software\\Offhook\\Capabilities\\URLAssociations|tel': 'Offhook.tel',
      'HKCU\\Software\\Offhook\\Capabilities\\URLAssociations|callto': 'Offhook.callto',
      'HKCU\\Software\\RegisteredApplications|Offhook': 'Software\\Offhook\\Capabilities',
      'HKCU\\Software\\Classes\\tel|URL Protocol': '',
      'HKCU\\Software\\Classes\\tel\\shell\\open\\command|': line,
      'HKCU\\Software\\Classes\\sip\\shell\\open\\command|': line,
    });
    expect(registry.asked).toContainEqual([
      'add',
      'HKCU\\Software\\Classes\\tel\\shell\\open\\command',
      '/ve',
      '/t',
      'REG_SZ',
      '/d',
      line,
      '/f',
    ]);
  });

  it('of which the user has chosen another program lead to the page of the choice', async () => {
    const { registry, registration } = open();
    registry.values.set(choice('tel'), 'Skype.tel');
    expect(await registration.register(true)).toEqual({ done: 'settings' });
    expect(registry.opened).toEqual(['ms-settings:defaultapps?registeredAppUser=Offhook']);
    expect((await registration.status()).schemes[0]).toEqual({ scheme: 'tel', ours: false, owner: 'Skype.tel' });
    registry.values.set(choice('tel'), 'Offhook.tel');
    expect(await registration.register(true)).toEqual({ done: 'registered' });
  });

  it('leave the registry as it was when they are given back', async () => {
    const { registry, registration } = open();
    registry.values.set('HKCU\\Software\\Classes\\tel|', 'URL:Telephone');
    registry.values.set('HKCU\\Software\\Classes\\tel\\shell\\open\\command|', '"C:\\Skype\\Skype.exe" "%1"');
    const before = Object.fromEntries(registry.values);
    expect((await registration.status()).schemes[0]).toEqual({ scheme: 'tel', ours: false, owner: 'Skype' });
    await registration.register(true);
    await registration.register(true);
    await registration.register(false);
    expect(Object.fromEntries(registry.values)).toEqual(before);
  });

  it('are taken by a command line in which each argument is one', () => {
    const odd: LinkProgram = { command: ['C:\\a "b"\\node.exe', 'C:\\dir\\', 'open'], icon: null };
    expect(linkCommandLine(odd)).toBe('"C:\\a \\"b\\"\\node.exe" "C:\\dir\\\\" "open" "%1"');
  });

  it('that the registry does not let be taken fail with a sentence', async () => {
    const registration = new WindowsLinkRegistration({
      program,
      folder: home,
      run: () => Promise.reject(new Error('denied')),
    });
    await expect(registration.register(true)).rejects.toMatchObject({ code: 'links.failed' });
  });
});
