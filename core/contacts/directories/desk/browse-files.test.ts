import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { browseFiles } from './browse-files.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(path.join(os.tmpdir(), 'offhook-browse-'))));
afterEach(() => rmSync(home, { recursive: true }));
const browse = (folder: string | null) => browseFiles(folder, { home, platform: 'linux' });

it('lists folders first, then files that may be an address book, none of them hidden', async () => {
  for (const name of ['b10.xlsx', 'b9.CSV', '.hidden.csv', 'photo.jpg', '~$b9.xlsx', 'а.vcf'])
    writeFileSync(path.join(home, name), '');
  for (const name of ['Zoo', '.config']) mkdirSync(path.join(home, name));
  symlinkSync(path.join(home, 'Zoo'), path.join(home, 'link'));
  symlinkSync(path.join(home, 'nowhere'), path.join(home, 'dead'));
  const { path: shown, parent, entries } = await browse(null);
  expect([shown, parent]).toEqual([home, path.dirname(home)]);
  expect(entries.map(({ name, folder }) => [name, folder])).toEqual([
    ['link', true],
    ['Zoo', true],
    ['b9.CSV', false],
    ['b10.xlsx', false],
    ['а.vcf', false],
  ]);
  expect(entries[0]!.path).toBe(path.join(home, 'link'));
});

it('ends at the top, and says what cannot be opened', async () => {
  expect(await browse('/')).toMatchObject({ path: '/', parent: null });
  await expect(browse(path.join(home, 'gone'))).rejects.toMatchObject({ code: 'directory.not-found' });
  await expect(browse('relative')).rejects.toMatchObject({ code: 'directory.not-found' });
  writeFileSync(path.join(home, 'file'), '');
  await expect(browse(path.join(home, 'file'))).rejects.toMatchObject({ code: 'directory.unreadable' });
});
