import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CollectedReading } from '../directory-reading.test-support.ts';
import type { DirectoryEnvironment, RefreshOutcome } from '../directory-source.ts';
import { openVcardDirectory } from './vcard-directory.ts';

const environment: DirectoryEnvironment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-vcard-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

let moment = 1_000_000;
/** Each writing has a time of its own, however quick they follow. */
function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  utimesSync(file, ++moment, moment);
  return file;
}
const card = (name: string, ...lines: string[]) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL:1\r\n${lines.join('\r\n')}\r\nEND:VCARD\r\n`;
const cutCard = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut\r\nTE';

async function refresh(given: string, before: RefreshOutcome | null = null, entries?: CollectedReading['entries']) {
  const reading = new CollectedReading({ cursor: before?.cursor ?? null });
  for (const [key, entry] of entries ?? []) reading.entries.set(key, entry);
  const outcome = await openVcardDirectory({ kind: 'vcard', path: given }, environment).refresh(reading);
  const names = [...reading.entries.values()].map(({ name }) => name).sort();
  return { reading, outcome, names, entries: reading.entries };
}

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  it('that has the name of a file of cards is not waited for', async () => {
    write('a.vcf', card('Анна', 'UID:1'));
    const pipe = path.join(folder, 'pipe.vcf');
    execFileSync('mkfifo', [pipe]);
    expect(await refresh(folder)).toMatchObject({ outcome: { kind: 'complete' }, names: ['Анна'] });
    await expect(refresh(pipe)).rejects.toMatchObject({ code: 'directory.unsupported-file' });
  });
});

describe('a file of cards', () => {
  it('is read as a whole, and not again while it is the same', async () => {
    const file = write('a.vcf', card('Анна', 'UID:1') + card('Борис', 'UID:2'));
    const first = await refresh(file);
    expect(first.outcome.kind).toBe('complete');
    expect([...first.entries.values()]).toMatchObject([
      { name: 'Анна', place: 'a.vcf › Анна', open: { kind: 'file', file } },
      { name: 'Борис' },
    ]);
    const second = await refresh(file, first.outcome);
    expect(second).toMatchObject({ outcome: { kind: 'unchanged' }, reading: { puts: 0 } });
    write('a.vcf', card('Анна', 'UID:1'));
    const third = await refresh(file, second.outcome);
    expect(third).toMatchObject({ outcome: { kind: 'complete' }, names: ['Анна'] });
  });

  it('keeps what was there of a card that is broken, and says which one it is', async () => {
    const file = write('a.vcf', card('A', 'UID:1') + card('Cut', 'UID:2'));
    const first = await refresh(file);
    write('a.vcf', card('A', 'UID:1') + cutCard);
    const second = await refresh(file, first.outcome);
    expect(second.outcome.kind).toBe('partial');
    expect(second.reading.removed).toEqual([]);
    expect(second.reading.skipped).toMatchObject([{ code: 'entry.unreadable', values: { place: 'a.vcf › Cut' } }]);
  });

  it.each([
    ['UTF-16, little end first', Buffer.from(`\ufeff${card('Анна')}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${card('Анна')}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(card('Анна'), 'utf16le')],
    ['UTF-8 with a mark', `\ufeff${card('Анна')}`],
  ])('may be in %s', async (_name, content) => {
    expect((await refresh(write('a.vcf', content))).names).toEqual(['Анна']);
  });

  it.each([
    ['directory.empty', ''],
    ['directory.unsupported-file', 'name;phone\nAnna;1\n'],
    ['directory.broken-file', cutCard],
  ])('is refused with %s', async (code, content) => {
    const file = write('a.vcf', content);
    await expect(refresh(file)).rejects.toMatchObject({ code, values: { file: 'a.vcf' } });
  });

  it('that is not there is named', async () => {
    const file = path.join(folder, 'no.vcf');
    await expect(refresh(file)).rejects.toMatchObject({ code: 'directory.not-found', values: { file: 'no.vcf' } });
  });

  it('is left when nobody wants it any more', async () => {
    const reading = new CollectedReading();
    reading.stopping.abort();
    const source = openVcardDirectory({ kind: 'vcard', path: write('a.vcf', card('A')) }, environment);
    await expect(source.refresh(reading)).rejects.toMatchObject({ code: 'directory.cancelled' });
  });

  it('shows its first twenty for a preview', async () => {
    const file = write('a.vcf', Array.from({ length: 30 }, (_each, index) => card(`A${index}`)).join(''));
    const reading = new CollectedReading();
    const source = openVcardDirectory({ kind: 'vcard', path: file }, environment);
    expect(await source.preview(reading)).toEqual({ tables: [], count: null, parts: [] });
    expect(reading.entries.size).toBe(20);
    write('a.vcf', card('A'));
    expect(await source.preview(new CollectedReading())).toMatchObject({ count: 1 });
  });

  it('has a photo that is too large left out of an entry', async () => {
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(1024 * 1024)]).toString('base64');
    const { reading, names } = await refresh(write('a.vcf', card('A', `PHOTO;ENCODING=b;TYPE=JPEG:${photo}`)));
    expect(names).toEqual(['A']);
    expect(reading.skipped).toMatchObject([{ code: 'entry.too-large', values: { place: 'a.vcf › A' } }]);
  });
});

describe('a folder of cards', () => {
  it('is read file by file: only what was written since, with what went of it', async () => {
    write('a.vcf', card('A', 'UID:1') + card('B', 'UID:2'));
    write('b.VCF', card('C', 'UID:1'));
    write('notes.txt', 'x');
    mkdirSync(path.join(folder, 'c.vcf'));
    const first = await refresh(folder);
    expect(first).toMatchObject({ outcome: { kind: 'complete' }, names: ['A', 'B', 'C'] });
    write('a.vcf', card('A2', 'UID:1'));
    const second = await refresh(folder, first.outcome, first.entries);
    expect(second).toMatchObject({ outcome: { kind: 'partial' }, names: ['A2', 'C'], reading: { puts: 1 } });
    expect((await refresh(folder, second.outcome)).outcome.kind).toBe('unchanged');
    rmSync(path.join(folder, 'b.VCF'));
    const third = await refresh(folder, second.outcome, second.entries);
    expect(third).toMatchObject({ outcome: { kind: 'partial' }, names: ['A2'], reading: { puts: 0 } });
  });

  it('keeps the entries of a file that cannot be read now, and tries it again', async () => {
    write('a.vcf', card('A'));
    write('b.vcf', card('B'));
    const first = await refresh(folder);
    write('b.vcf', 'nothing of the kind');
    write('a.vcf', card('A') + card('A2'));
    const second = await refresh(folder, first.outcome, first.entries);
    expect(second).toMatchObject({ outcome: { kind: 'partial' }, names: ['A', 'A2', 'B'] });
    expect(second.reading.skipped).toMatchObject([{ code: 'directory.unsupported-file', values: { file: 'b.vcf' } }]);
    write('b.vcf', card('B2'));
    expect((await refresh(folder, second.outcome, second.entries)).names).toEqual(['A', 'A2', 'B2']);
  });

  it('is read anew until each of its files was read', async () => {
    write('a.vcf', card('A'));
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'b.vcf'));
    const first = await refresh(folder);
    expect(first).toMatchObject({ outcome: { kind: 'partial', cursor: null }, names: ['A'] });
    expect(first.reading.skipped).toMatchObject([{ code: 'directory.not-found', values: { file: 'b.vcf' } }]);
    rmSync(path.join(folder, 'b.vcf'));
    expect((await refresh(folder, first.outcome)).outcome.kind).toBe('complete');
  });

  it('that has no cards any more is an error, and nothing goes', async () => {
    await expect(refresh(folder)).rejects.toMatchObject({ code: 'directory.empty' });
  });
});
