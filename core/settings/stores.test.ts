import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account } from '#contract/ipc/index.ts';
import { defaultSettings, type Settings, type SettingsPatch } from '#contract/settings.ts';
import { systemClock } from '#core/foundation/index.ts';
import { openFileStores, type Stores } from './file-stores.ts';
import { createMemoryStores } from './memory-stores.ts';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-settings-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const file = (name: string) => path.join(directory, name);
const openFiles = () => openFileStores(directory, systemClock);
const some = (user: string) => account.parse({ user, domain: 'pbx.example' });

/** What every adapter of these ports promises. */
function describeStores(name: string, open: () => Stores): void {
  describe(`settings ${name}`, () => {
    it('begin at their defaults, without a problem', () => {
      const { settings } = open();
      expect(settings.values).toEqual(defaultSettings);
      expect(settings.problems).toEqual([]);
    });

    it('are in force at once and told to listeners, once a real change', async () => {
      const { settings } = open();
      const heard: Settings[] = [];
      settings.onChanged((values) => heard.push(values));
      const saved = settings.set({ areaCode: '495' });
      expect(settings.values.areaCode).toBe('495');
      await saved;
      await settings.set({ areaCode: '495' });
      expect(heard.map((values) => values.areaCode)).toEqual(['495']);
    });

    it('refuse a value that the definition does not allow, and change nothing', async () => {
      const { settings } = open();
      const wrong = { areaCode: '495', ringerVolume: 101 } as SettingsPatch;
      await expect(settings.set(wrong)).rejects.toMatchObject({
        code: 'settings.invalid',
        values: { key: 'ringerVolume' },
      });
      expect(settings.values).toEqual(defaultSettings);
    });

    it('ignore keys that are none', async () => {
      const { settings } = open();
      await settings.set(JSON.parse('{"__proto__":{"country":"US"},"nonsense":1}') as SettingsPatch);
      expect(settings.values).toEqual(defaultSettings);
    });
  });

  describe(`accounts ${name}`, () => {
    it('keep their order, and the first is the default until another is chosen', async () => {
      const { accounts } = open();
      await accounts.put('a', some('100'));
      await accounts.put('b', some('101'));
      expect(accounts.list().map(({ id, isDefault }) => [id, isDefault])).toEqual([
        ['a', true],
        ['b', false],
      ]);
      await accounts.setDefault('b');
      await accounts.put('b', some('102'));
      expect(accounts.list()).toMatchObject([
        { id: 'a', isDefault: false },
        { id: 'b', isDefault: true, account: { user: '102' } },
      ]);
    });

    it('always have exactly one default while there is any', async () => {
      const { accounts } = open();
      await accounts.put('a', some('100'));
      await accounts.put('b', some('101'));
      await accounts.remove('a');
      expect(accounts.list()).toMatchObject([{ id: 'b', isDefault: true }]);
      await accounts.remove('b');
      await accounts.remove('b');
      expect(accounts.list()).toEqual([]);
    });

    it('refuse a default that is not there', async () => {
      await expect(open().accounts.setDefault('x')).rejects.toMatchObject({ code: 'line.unknown' });
    });

    it('tell every change', async () => {
      const { accounts } = open();
      const heard: number[] = [];
      accounts.onChanged((list) => heard.push(list.length));
      await accounts.put('a', some('100'));
      await accounts.remove('a');
      expect(heard).toEqual([1, 0]);
    });
  });

  describe(`secrets ${name}`, () => {
    it('are given back, replaced and forgotten', async () => {
      const { secrets } = open();
      expect(await secrets.get('line/a/password')).toBeNull();
      await secrets.set('line/a/password', 'p\u0000ä"\n');
      expect(await secrets.get('line/a/password')).toBe('p\u0000ä"\n');
      await secrets.set('line/a/password', 'second');
      expect(await secrets.get('line/a/password')).toBe('second');
      await secrets.delete('line/a/password');
      await secrets.delete('line/a/password');
      expect(await secrets.get('line/a/password')).toBeNull();
    });
  });
}

describeStores('in memory', () => createMemoryStores());
describeStores('in files', openFiles);

describe('files', () => {
  it('hold everything across a restart, for the user alone', async () => {
    const first = openFiles();
    await Promise.all([
      first.settings.set({ theme: 'dark' }),
      first.settings.set({ areaCode: '812' }),
      first.accounts.put('a', some('100')),
      first.secrets.set('x', 'y'),
    ]);
    const second = openFiles();
    expect(second.settings.values).toMatchObject({ theme: 'dark', areaCode: '812' });
    expect(second.accounts.list()).toEqual(first.accounts.list());
    expect(await second.secrets.get('x')).toBe('y');
    expect(readdirSync(directory).sort()).toEqual(['accounts.json', 'secrets.json', 'settings.json']);
    if (process.platform === 'win32') return;
    for (const name of readdirSync(directory)) expect(statSync(file(name)).mode & 0o777).toBe(0o600);
  });

  it('never hold a password among the accounts', async () => {
    const { accounts } = openFiles();
    await accounts.put('a', { ...some('100'), password: 'hunter2' } as ReturnType<typeof some>);
    expect(readFileSync(file('accounts.json'), 'utf8')).not.toContain('hunter2');
  });

  it('write the last of many changes that come at once', async () => {
    const { settings } = openFiles();
    await Promise.all(Array.from({ length: 50 }, (_, index) => settings.set({ ringerVolume: index })));
    expect(openFiles().settings.values.ringerVolume).toBe(49);
  });

  it.each(['{"settings":{"theme":"dark"', '[]', 'null', '\u0000\u0001', '{"settings":'.repeat(100_000)])(
    'that are damaged (%#) are kept beside, told of, and replaced by defaults',
    async (text) => {
      writeFileSync(file('settings.json'), text);
      const { settings } = openFiles();
      expect(settings.values).toEqual(defaultSettings);
      const copy = file('settings.corrupt-1.json');
      expect(settings.problems).toMatchObject([
        { code: 'settings.corrupt', values: { file: file('settings.json'), copy } },
      ]);
      expect(readFileSync(copy, 'utf8')).toBe(text);
      await settings.set({ theme: 'light' });
      expect(openFiles().settings).toMatchObject({ values: { theme: 'light' }, problems: [] });
    },
  );

  it('lose a single bad value only, and keep what a later program wrote', async () => {
    const written = { version: 9, settings: { theme: 'mauve', areaCode: '495', future: 1 }, more: true };
    writeFileSync(file('settings.json'), JSON.stringify(written));
    const { settings } = openFiles();
    expect(settings.values).toEqual({ ...defaultSettings, areaCode: '495' });
    expect(settings.problems).toMatchObject([{ code: 'settings.invalid', values: { key: 'theme' } }]);
    await settings.set({ theme: 'dark' });
    expect(settings.problems).toEqual([]);
    expect(JSON.parse(readFileSync(file('settings.json'), 'utf8'))).toMatchObject({
      settings: { theme: 'dark', areaCode: '495', future: 1 },
      more: true,
    });
  });

  it('keep an account that cannot be read, and tell of it', async () => {
    const odd = { id: 'odd', account: { user: '', domain: 7 } };
    writeFileSync(file('accounts.json'), JSON.stringify({ accounts: [odd, { id: 'a', account: some('100') }] }));
    const { accounts } = openFiles();
    expect(accounts.list()).toMatchObject([{ id: 'a', isDefault: true }]);
    expect(accounts.problems).toMatchObject([{ code: 'settings.invalid' }]);
    await accounts.put('b', some('101'));
    expect(JSON.parse(readFileSync(file('accounts.json'), 'utf8'))).toMatchObject({ accounts: [{}, {}, odd] });
  });

  it('say that secrets are unreadable until they are given anew', async () => {
    writeFileSync(file('secrets.json'), 'garbage');
    const { secrets } = openFiles();
    await expect(secrets.get('x')).rejects.toMatchObject({ code: 'secrets.unreadable' });
    await secrets.set('x', 'again');
    expect(await secrets.get('x')).toBe('again');
    expect(await openFiles().secrets.get('x')).toBe('again');
  });

  it('that cannot be written leave the choice in force and tell so, until they can', async () => {
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'a file where the folder should be');
    const { settings, secrets } = openFiles();
    await expect(settings.set({ theme: 'dark' })).rejects.toMatchObject({ code: 'settings.not-saved' });
    expect(settings.values.theme).toBe('dark');
    expect(settings.problems).toMatchObject([{ code: 'settings.not-saved' }]);
    await expect(secrets.set('x', 'y')).rejects.toMatchObject({ code: 'settings.not-saved' });
    expect(await secrets.get('x')).toBe('y');
    rmSync(directory);
    mkdirSync(directory);
    await settings.set({ areaCode: '495' });
    expect(settings.problems).toEqual([]);
    expect(openFiles().settings.values).toMatchObject({ theme: 'dark', areaCode: '495' });
  });
});
