import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeRunProgram } from '#core/office/desktop/node-run-program.ts';
import { desktopFile } from '#core/office/links/registration/desktop-entry.ts';
import type { LinkProgram } from '#core/office/links/registration/link-program.ts';
import { XdgLinkRegistration } from '#core/office/links/registration/xdg-link-registration.ts';
import { MemoryJsonDocument } from '#core/settings/memory-json-document.ts';
import { hasProgram } from '#test/support/has-program.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(path.join(os.tmpdir(), 'offhook-links-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

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
