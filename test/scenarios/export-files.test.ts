import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exportChunkBytes, type ExportProgress, type ExportRequest } from '#contract/ipc/index.ts';
import {
  answered,
  memoryDesk,
  missed,
  openArchiveStorage,
  type ArchiveStorage,
  type Desk,
} from '#core/call-log/call-archive.test-support.ts';
import { openTestPeople } from '#core/contacts/people/indexed-people.test-support.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import type { ExportFiles } from '#core/exports/export-files.ts';
import { exportRequestOf } from '#core/exports/export-request.test-support.ts';
import { Exports } from '#core/exports/exports.ts';
import { loggedCallOf } from '#core/exports/logged-call.test-support.ts';
import { MemoryExportFiles } from '#core/exports/memory-export-files.ts';
import { parseCsv } from '#core/exports/parse-csv.test-support.ts';
import { WorkerExportFiles } from '#core/exports/worker-export-files.ts';

interface Office {
  desk: Desk;
  files: ExportFiles;
  storage?: ArchiveStorage;
}

const window = {};
let close: () => Promise<void> | void = () => {};
afterEach(async () => {
  await close();
  close = () => {};
});

async function inMemory(): Promise<Office> {
  const desk = memoryDesk();
  return { desk, files: new MemoryExportFiles(desk.archive) };
}

let directory = '';
async function onDisk(): Promise<Office> {
  directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-exports-'));
  const storage = openArchiveStorage();
  await storage.database.query('SELECT 1');
  close = async () => {
    await storage.close();
    rmSync(directory, { recursive: true, force: true });
  };
  let ids = 0;
  const workerEntry = new URL('../../core/exports/export-worker.ts', import.meta.url);
  return {
    storage,
    desk: storage.desk(),
    files: new WorkerExportFiles({
      database: storage.file,
      directory: path.join(directory, 'exports'),
      workerEntry,
      newId: () => `file-${++ids}`,
    }),
  };
}

function open({ desk, files }: Office, waiting: ConstructorParameters<typeof Exports>[0]['waiting'] = () => []) {
  let ids = 0;
  const exports = new Exports({
    files,
    waiting,
    clock: new FakeClock(),
    logger: silentLogger,
    newId: () => `export-${++ids}`,
  });
  const told: ExportProgress[] = [];
  exports.onProgress((progress) => told.push(progress));
  const ended = (exportId: string) =>
    new Promise<ExportProgress>((resolve) => {
      const look = (progress: ExportProgress) =>
        progress.exportId === exportId && progress.state !== 'working' && resolve(progress);
      exports.onProgress(look);
    });
  const fetch = async (exportId: string) => {
    const chunks: Buffer[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const piece: { chunk: string; next: number | null } = await exports.read(exportId, offset);
      expect(piece.chunk.length).toBeLessThanOrEqual(128 * 1024);
      chunks.push(Buffer.from(piece.chunk, 'base64'));
      offset = piece.next;
    }
    return Buffer.concat(chunks);
  };
  const callIds = async (request: Partial<ExportRequest> = {}) => {
    const id = exports.start(exportRequestOf(request), window);
    const progress = await ended(id);
    expect(progress).toMatchObject({ state: 'done', error: null });
    const rows = parseCsv((await fetch(id)).toString('utf8'), ';').slice(1);
    expect(progress.rows).toBe(rows.length);
    return rows.map((row) => row.at(-1));
  };
  return { exports, told, ended, fetch, callIds, desk };
}

const numbered = (index: number) => ({ sipCallId: `c${index}` });

describe.each([
  ['in memory', inMemory],
  ['by a worker', onDisk],
])('an export %s', (_name, office) => {
  it('has every call that the filter lets through, on whichever page, newest first', async () => {
    const { desk, callIds } = open(await office());
    for (let index = 0; index < 603; index += 1)
      await desk.log.record(index % 3 === 0 ? missed(index, numbered(index)) : answered(index, numbered(index)));
    const all = Array.from({ length: 603 }, (_each, index) => `c${602 - index}`);
    expect(await callIds()).toEqual(all);
    expect(await callIds({ filter: { disposition: 'missed' } })).toEqual(
      all.filter((id) => Number(id.slice(1)) % 3 === 0),
    );
  }, 20_000);

  it('finds what the search finds', async () => {
    const { desk, callIds } = open(await office());
    await desk.log.record(answered(0, { ...numbered(0), name: null }));
    await desk.log.record(
      answered(1, { ...numbered(1), number: '+78120000011', partyKey: '+78120000011', name: null }),
    );
    await desk.archive.annotate('call-0', { note: 'Счёт 8877' });
    expect(await callIds({ filter: { text: 'счет' } })).toEqual(['c0']);
  });

  it('is headed by what waits for the disk, and has it once', async () => {
    const call = loggedCallOf(answered(5, numbered(5)));
    const { desk, callIds } = open(await office(), () => [call]);
    for (const index of [1, 5]) await desk.log.record(answered(index, numbered(index)));
    expect(await callIds()).toEqual(['c5', 'c1']);
  });

  it('is gone once it was fetched', async () => {
    const { exports, ended, fetch } = open(await office());
    const id = exports.start(exportRequestOf({ format: 'xlsx' }), window);
    await ended(id);
    expect((await fetch(id)).subarray(0, 2).toString()).toBe('PK');
    await expect(exports.read(id, 0)).rejects.toMatchObject({ code: 'export.unknown' });
  });

  it('comes in pieces that fit into a message', async () => {
    const { desk, exports, ended, fetch } = open(await office());
    for (let index = 0; index < 60; index += 1) {
      await desk.log.record(answered(index));
      await desk.archive.annotate(`call-${index}`, { note: 'Просит счёт. '.repeat(300) });
    }
    const id = exports.start(exportRequestOf(), window);
    const { bytes } = await ended(id);
    expect(bytes).toBeGreaterThan(2 * exportChunkBytes);
    expect((await fetch(id)).length).toBe(bytes);
  });

  it('cannot be read before it is done, and ends with the window that asked for it', async () => {
    const { exports } = open(await office());
    const id = exports.start(exportRequestOf(), window);
    await expect(exports.read(id, 0)).rejects.toMatchObject({ code: 'export.unknown' });
    await exports.leave(window);
    await expect(exports.read(id, 0)).rejects.toMatchObject({ code: 'export.unknown' });
  });

  it('is one of two at the most', async () => {
    const { exports } = open(await office());
    const ids = [1, 2].map(() => exports.start(exportRequestOf(), window));
    expect(() => exports.start(exportRequestOf(), window)).toThrow(
      expect.objectContaining({ code: 'export.limit-reached' }),
    );
    await exports.cancel(ids[0]!);
    exports.start(exportRequestOf(), window);
    await exports.stop();
  });

  it('has the name of what is in it and of the day', async () => {
    const { exports, ended } = open(await office());
    const request = exportRequestOf();
    const id = exports.start({ ...request, words: { ...request.words, title: '../Звонки: "все"' } }, window);
    expect((await ended(id)).fileName).toMatch(/^Звонки все \d{4}-\d\d-\d\d\.csv$/);
    await exports.stop();
  });
});

describe('files of exports', () => {
  it('are for the user alone, and leave nothing behind', async () => {
    const { exports, ended } = open(await onDisk());
    const folder = path.join(directory, 'exports');
    const id = exports.start(exportRequestOf(), window);
    await ended(id);
    expect(readdirSync(folder)).toEqual(['file-1.csv']);
    expect(statSync(path.join(folder, 'file-1.csv')).mode & 0o777).toBe(0o600);
    await exports.cancel(id);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('show names as known now, and are found by them', async () => {
    const office = await onDisk();
    const { desk, callIds } = open(office);
    const people = openTestPeople({ ...office.storage!, clock: new FakeClock(), newId: () => 'person-1' });
    await desk.log.record(answered(0, { ...numbered(0), name: null }));
    await desk.log.record(
      answered(1, { ...numbered(1), number: '+78120000011', partyKey: '+78120000011', name: null }),
    );
    await people.name('+78120000011', 'Пётр Лебедев');
    expect(await callIds({ filter: { text: 'лебедев' } })).toEqual(['c1']);
    expect(await callIds({ filter: { personId: 'person-1' } })).toEqual(['c1']);
  });

  it('of a run that crashed are removed', async () => {
    const { files } = await onDisk();
    const folder = path.join(directory, 'exports');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'left.xlsx'), 'PK');
    await files.clear();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('say in a code why there is none', async () => {
    const { exports, ended } = open(await onDisk());
    mkdirSync(path.join(directory, 'exports', 'file-1.csv'), { recursive: true });
    const id = exports.start(exportRequestOf(), window);
    expect(await ended(id)).toMatchObject({ state: 'failed', error: { code: 'export.failed' } });
    writeFileSync(path.join(directory, 'x'), '');
    const entry = new URL('../../core/exports/export-worker.ts', import.meta.url);
    const nowhere = new WorkerExportFiles({
      database: 'x',
      directory: path.join(directory, 'x', 'y'),
      workerEntry: entry,
      newId: () => 'z',
    });
    expect(() => nowhere.begin({ ...exportRequestOf(), waiting: [] }, () => {})).toThrow(
      expect.objectContaining({ code: 'export.failed' }),
    );
  });
});
