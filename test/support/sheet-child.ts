// A program of its own, to be killed: an office with one customer sheet, into which results are written as fast as they come.
import path from 'node:path';
import type { DirectoryStatus } from '#contract/ipc/index.ts';
import { MemoryCallArchive } from '#core/call-log/memory-call-archive.ts';
import { openDesk } from '#core/calls/call-desk.test-support.ts';
import { RedialMemory } from '#core/calls/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { watchPath } from '#core/contacts/directories/desk/file-watch.ts';
import type { DirectoryDesk, PeopleDirectory } from '#core/contacts/index.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { Emitter, silentLogger, systemClock } from '#core/foundation/index.ts';
import { SqliteSheetStore } from '#core/office/sheets/journal/sqlite-sheet-store.ts';
import { WorkerSheetReader } from '#core/office/sheets/reading/worker-sheet-reader.ts';
import { Sheets } from '#core/office/sheets/sheets.ts';
import { WorkerWorkbookWriter } from '#core/office/sheets/worker-workbook-writer.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import type { SheetChildMessage, SheetChildSetup } from './sheet-messages.ts';

const { directory, file, from } = JSON.parse(process.argv[2] ?? '') as SheetChildSetup;
const core = (name: string) => new URL(`../../core/${name}`, import.meta.url);
const tell = (message: SheetChildMessage) => process.send?.(message);

const desk = await openDesk();
const database = new WorkerDatabase({
  file: path.join(directory, 'offhook.sqlite'),
  parts: agentSchema,
  workerEntry: core('storage/storage-worker.ts'),
  clock: systemClock,
});
const workerEntry = core('composition/sheet-worker.ts');
const config = { kind: 'sheet', path: file, mappings: [] };
const status = { id: 'd', kind: 'sheet', label: 'Клиенты', config, refreshedAt: 1 } as unknown as DirectoryStatus;
const directories = { list: () => [status], onChanged: new Emitter<never>().event } as unknown as DirectoryDesk;
const sheets: Sheets = new Sheets({
  ...desk,
  store: new SqliteSheetStore({ database }),
  reader: new WorkerSheetReader({ workerEntry, clock: systemClock, marksOf: (id) => sheets.marksOf(id) }),
  writer: new WorkerWorkbookWriter({
    workerEntry,
    keptFolder: path.join(directory, 'sheets'),
    helper: null,
    clock: systemClock,
  }),
  mayDialUnasked: () => true,
  archive: new MemoryCallArchive({
    log: desk.callLog,
    people: new MemoryKnownPeople(() => 'person'),
    clock: systemClock,
  }),
  directory: { glance: () => null } as unknown as PeopleDirectory,
  directories,
  redial: new RedialMemory(),
  watch: watchPath,
  problems: new ProblemBoard(systemClock, silentLogger),
  rules: () => desk.settings,
  language: () => 'ru',
  clock: systemClock,
  logger: silentLogger,
});

await sheets.start();
const [{ id: sheetId } = { id: '' }] = sheets.list();
const filter = { text: '', uncalled: false, due: false };
const { rows } = await sheets.page({ sheetId, filter, offset: 0, limit: 200 });
tell({ kind: 'ready', waiting: sheets.list()[0]?.waiting ?? 0 });
if (from === null) {
  await sheets.write({ sheetId });
  const [{ waiting, conflicts } = { waiting: -1, conflicts: -1 }] = sheets.list();
  tell({ kind: 'written', waiting, conflicts });
} else {
  for (const [index, { key, name }] of rows.slice(from).entries()) {
    const result = { outcome: `итог ${from + index}`, note: `раз ${from + index}`, calledAt: null, followUpAt: null };
    await sheets.record({ sheetId, rowKey: key, callId: null, result });
    tell({ kind: 'kept', name, outcome: result.outcome, note: result.note });
  }
}
