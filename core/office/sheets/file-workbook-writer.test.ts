import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRows } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { sheetXml, workbookParts } from '#core/contacts/directories/sheets/workbook/workbook.test-support.ts';
import { zipFile } from '#core/contacts/directories/sheets/workbook/zip-file.test-support.ts';
import { seeded } from '#test/support/seeded.ts';
import { fileWriter, keysOf, refusal, rowChange, TableFolder, targetOf } from './workbook-writer.test-support.ts';

let [folder, home] = [new TableFolder(), new TableFolder()];
beforeEach(() => {
  [folder, home] = [new TableFolder(), new TableFolder()];
});
afterEach(() => {
  for (const each of [folder, home]) each.remove();
});

const table = [
  ['ФИО', 'Телефон', 'Статус'],
  ['Иванова Ольга', '8 (495) 123-45-67', 'новый'],
  ['Петров Иван', '8 (903) 111-22-33', 'новый'],
];
const book = (rows = table) => zipFile(workbookParts({ sheets: [{ name: 'A', xml: sheetXml(rows) }] }));
const statuses = async (file: string) => (await readRows(file, 3)).map(({ cells }) => cells[2]);

/** A workbook in the folder, and what writes a status into a row of it. */
async function office(name = 'Клиенты.xlsx', given: Parameters<typeof fileWriter>[1] = {}) {
  const file = folder.write(name, name.endsWith('.csv') ? table.map((row) => row.join(';')).join('\r\n') : book());
  const keys = await keysOf(file);
  const writer = fileWriter(home.path, given);
  const write = (text: string, person = 'Петров Иван') =>
    writer.write(targetOf(file), [rowChange(keys.get(person)!, { Статус: text })]);
  return { file, keys, writer, write };
}

/** Where a link from the temporary folder does not reach. */
const otherDisk = existsSync('/dev/shm') && statSync('/dev/shm').dev !== statSync(os.tmpdir()).dev;
const left = () => readdirSync(folder.path);

describe('a file that cannot be written to', () => {
  const holdings: [string, (file: string) => void, string][] = [
    ['is gone', (file) => rmSync(file), 'sheet.missing'],
    [
      'is open in Excel',
      (file) => writeFileSync(path.join(path.dirname(file), `~$${path.basename(file)}`), 'x'),
      'sheet.locked',
    ],
    [
      'is open in LibreOffice',
      (file) => writeFileSync(path.join(path.dirname(file), `.~lock.${path.basename(file)}#`), 'x'),
      'sheet.locked',
    ],
    ['is read-only', (file) => chmodSync(file, 0o444), 'sheet.read-only'],
    ['lies in a folder that may not be written to', (file) => chmodSync(path.dirname(file), 0o555), 'sheet.read-only'],
    ['is encrypted', (file) => writeFileSync(file, encrypted()), 'sheet.encrypted'],
    [
      'is an old .xls',
      (file) => writeFileSync(file, Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])),
      'sheet.unsupported',
    ],
    ['is cut off', (file) => writeFileSync(file, book().subarray(0, -100)), 'sheet.broken'],
    ['is empty', (file) => writeFileSync(file, ''), 'sheet.broken'],
  ];

  test.each(holdings)('because it %s says so, and stays as it is', async (_why, hold, code) => {
    const { file, writer, write } = await office();
    hold(file);
    const before = existsSync(file) ? readFileSync(file) : null;
    try {
      expect(await refusal(write('да'))).toBe(code);
      const looked = await writer.look(file);
      if (code !== 'sheet.broken') expect(looked?.code).toBe(code);
      expect(existsSync(file) ? readFileSync(file) : null).toEqual(before);
      expect(left().filter((name) => name.endsWith('.tmp'))).toEqual([]);
    } finally {
      chmodSync(folder.path, 0o755);
    }
  });

  test.each(['.xls', '.xlsb', '.ods'])('because nobody here writes %s says which kind it is', async (ending) => {
    const { file, writer } = await office();
    const other = path.join(folder.path, `Клиенты${ending}`);
    renameSync(file, other);
    const report = await writer.look(other);
    expect(report).toMatchObject({ code: 'sheet.unsupported', values: { file: `Клиенты${ending}` } });
    expect(report?.detail).toContain(ending);
  });

  test('is told from one that can', async () => {
    const { file, writer } = await office();
    expect(await writer.look(file)).toBeNull();
  });
});

/** As little of a compound file as names an encrypted package (MS-CFB 2.6). */
function encrypted(): Buffer {
  const bytes = Buffer.alloc(2048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(0, 48);
  bytes.writeUInt32LE(1, 76);
  Buffer.from('EncryptedPackage\0', 'utf16le').copy(bytes, 512);
  return bytes;
}

describe('the file that takes the place of the one before', () => {
  test('has its owner and rights, and is written where a link leads', async () => {
    const { file, writer, keys } = await office();
    chmodSync(file, 0o640);
    // Only an administrator can give a file away.
    const owner = process.getuid?.() === 0 ? 1234 : statSync(file).uid;
    chownSync(file, owner, statSync(file).gid);
    const link = path.join(folder.path, 'link.xlsx');
    symlinkSync(file, link);
    await writer.write(targetOf(link), [rowChange(keys.get('Петров Иван')!, { Статус: 'да' })]);
    expect([statSync(file).mode & 0o777, statSync(file).uid]).toEqual([0o640, owner]);
    expect(await statuses(link)).toEqual(['Статус', 'новый', 'да']);
    expect(left().sort()).toEqual(['link.xlsx', 'Клиенты.xlsx']);
  });

  test('is not made where nothing is to be written', async () => {
    const { file, write } = await office();
    const { ino } = statSync(file);
    expect((await write('новый')).copy).toBeNull();
    expect(statSync(file).ino).toBe(ino);
  });

  test('takes along what a killed write of ours left, and nothing of anybody else', async () => {
    const { file, write } = await office();
    await write('да');
    const own = path.join(folder.path, 'x');
    const drafts: string[] = [];
    const spy = await office('spy.xlsx', {
      onReady: () => drafts.push(...left().filter((name) => name.endsWith('.tmp'))),
    });
    await spy.write('да');
    const ours = drafts[0]!.replace(/-[^-]+-[^-]+-[^-]+-[^-]+-[^-]+\.tmp$/, '-killed.tmp');
    const [others, old] = ['.~offhook-AAAAAAAA-1.tmp', '.~offhook-AAAAAAAA-2.tmp'];
    for (const name of [ours, others, old, 'x']) folder.write(name, 'x');
    const twoDaysAgo = Date.now() / 1000 - 172_800;
    utimesSync(path.join(folder.path, old), twoDaysAgo, twoDaysAgo);
    await write('нет');
    expect(left().sort()).toEqual([others, 'spy.xlsx', 'x', 'Клиенты.xlsx']);
    expect(existsSync(own) && existsSync(file)).toBe(true);
  });
});

describe('somebody who saves at the same moment', () => {
  const edited = () => book([...table, ['Новая Яна', '8 (495) 700-00-00', 'их правка']]);
  const both = ['Статус', 'новый', 'да', 'их правка'];

  test.each<[string, (file: string) => void]>([
    [
      'another file in its place',
      (file) => {
        writeFileSync(`${file}.saved`, edited());
        renameSync(`${file}.saved`, file);
      },
    ],
    ['into the same file', (file) => writeFileSync(file, edited())],
  ])('%s loses nothing: ours is written into theirs', async (_how, save) => {
    let saves = 0;
    const { file, write } = await office('Клиенты.xlsx', { onReady: () => saves++ === 0 && save(file) });
    expect((await write('да')).rows).toMatchObject([{ kind: 'written' }]);
    expect(await statuses(file)).toEqual(both);
    expect(saves).toBe(2);
  });

  test('into the old file after its place was taken has it put back, and ours written into it', async () => {
    let handle: number | null = null;
    const { file, write } = await office('Клиенты.xlsx', {
      onReady: () => {
        if (handle !== null) return;
        // Opened before, written behind the last look: the rename comes in between.
        handle = openSync(file, 'r+');
        const stats = statSync(file);
        const bytes = edited();
        ftruncateSync(handle, 0);
        writeSync(handle, bytes, 0, bytes.length, 0);
        utimesSync(file, stats.atimeMs / 1000, stats.mtimeMs / 1000);
      },
    });
    await write('да');
    closeSync(handle!);
    expect(await statuses(file)).toEqual(both);
  });

  test('again and again has it open, as far as we can tell', async () => {
    const { file, write } = await office('Клиенты.xlsx', { onReady: () => writeFileSync(file, edited()) });
    expect(await refusal(write('да'))).toBe('sheet.locked');
    expect(await statuses(file)).toEqual(['Статус', 'новый', 'новый', 'их правка']);
    expect(left()).toEqual(['Клиенты.xlsx']);
  });

  test('in a hurry loses no save, and neither do we', { timeout: 60_000 }, async () => {
    const { file, write } = await office('Клиенты.csv');
    let theirs = 0;
    const random = seeded(5);
    // Read, changed and saved in one moment, as between any two steps of ours.
    const save = () => {
      theirs += 1;
      const text = `${readFileSync(file, 'utf8')}\r\nКлиент ${theirs};8 (495) 700-00-00;их`;
      if (theirs % 2 === 0) writeFileSync(file, text);
      else {
        writeFileSync(`${file}.saved`, text);
        renameSync(`${file}.saved`, file);
      }
      timer = setTimeout(save, random() * 70);
    };
    let timer = setTimeout(save, 1);
    let ours = 'новый';
    try {
      for (let round = 0; round < 12; round++) {
        const done = await refusal(write(`круг ${round}`));
        if (done === 'written') ours = `круг ${round}`;
        else expect(done).toBe('sheet.locked');
      }
    } finally {
      clearTimeout(timer);
    }
    expect(theirs).toBeGreaterThan(12);
    const shown = await statuses(file);
    expect(shown.slice(0, 3)).toEqual(['Статус', 'новый', ours]);
    expect(shown).toHaveLength(3 + theirs);
  });
});

describe('the version before', () => {
  test('is put back byte for byte, one write after the other', async () => {
    const { file, writer, write } = await office();
    const versions = [readFileSync(file)];
    for (const text of ['раз', 'два']) {
      await write(text);
      versions.push(readFileSync(file));
    }
    expect(writer.lastWrite(file)?.canUndo).toBe(true);
    await writer.undo(file);
    expect(readFileSync(file)).toEqual(versions[1]);
    // Also after a restart.
    const again = fileWriter(home.path);
    await again.undo(file);
    expect(readFileSync(file)).toEqual(versions[0]);
    expect(again.lastWrite(file)).toBeNull();
    expect(await refusal(again.undo(file))).toBe('sheet.nothing-to-undo');
  });

  test('stays where it is when the file was changed since, and is named', async () => {
    const { file, writer, write } = await office();
    const before = readFileSync(file);
    const { copy } = await write('да');
    writeFileSync(file, book([...table, ['Новая Яна', '8 (495) 700-00-00', '']]));
    await expect(writer.undo(file)).rejects.toMatchObject({ code: 'sheet.changed', values: { copy } });
    expect(readFileSync(copy!)).toEqual(before);
  });

  test('is one of five at most', async () => {
    const { file, write } = await office();
    for (let round = 0; round < 8; round++) await write(String(round));
    const kept = path.join(home.path, 'kept');
    expect(readdirSync(kept).filter((name) => name.endsWith('.xlsx'))).toHaveLength(5);
    expect(left()).toEqual([path.basename(file)]);
  });

  test.skipIf(!otherDisk)('is copied where it cannot be linked, since it is kept on another disk', async () => {
    const kept = mkdtempSync('/dev/shm/offhook-kept-');
    try {
      const { file, keys } = await office();
      const before = readFileSync(file);
      const writer = fileWriter(kept);
      const { copy } = await writer.write(targetOf(file), [rowChange(keys.get('Петров Иван')!, { Статус: 'да' })]);
      expect(copy!.startsWith(kept)).toBe(true);
      expect(readFileSync(copy!)).toEqual(before);
      await writer.undo(file);
      expect(readFileSync(file)).toEqual(before);
    } finally {
      rmSync(kept, { recursive: true, force: true });
    }
  });
});

test('writes that come at once go one after the other', async () => {
  const { file, write } = await office();
  await Promise.all([write('раз'), write('два', 'Иванова Ольга'), write('три')]);
  expect(await statuses(file)).toEqual(['Статус', 'два', 'три']);
});
