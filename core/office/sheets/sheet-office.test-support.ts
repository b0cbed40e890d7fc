import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DirectoryStatus } from '#contract/ipc/index.ts';
import { MemoryCallArchive } from '#core/call-log/memory-call-archive.ts';
import { RedialMemory } from '#core/calls/index.ts';
import { openDesk } from '#core/calls/call-desk.test-support.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { entryHandle } from '#core/contacts/directories/intake/entry-handle.ts';
import { readEntryNumbers } from '#core/contacts/directories/intake/read-entry-numbers.ts';
import { packNumbers } from '#core/contacts/directories/stored-entry.ts';
import { refreshed, TableFolder } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import type { DirectoryDesk, PeopleDirectory } from '#core/contacts/index.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { Emitter, silentLogger } from '#core/foundation/index.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { DirectDatabase } from '#core/storage/direct-database.test-support.ts';
import { SqliteSheetStore } from './journal/sqlite-sheet-store.ts';
import { MemoryWorkbookWriter, type MemorySheet } from './memory-workbook-writer.ts';
import { OpenTables } from './reading/open-tables.ts';
import { readSheet } from './reading/read-sheet.ts';
import { unpackCells } from './reading/sheet-table.ts';
import { sheetId } from './sheet-place.ts';
import { Sheets } from './sheets.ts';
import { placeOf } from './reading/sheet-reader.test-support.ts';

export const heading = ['ФИО', 'Телефон', 'Статус', 'Комментарий', 'Дата звонка', 'Перезвонить'];
export const customers = [
  ['Иванова Ольга', '8 495 111-11-11', 'новый', '', '', ''],
  ['Петров Иван', '8 495 222-22-22', 'новый', 'просил утром', '', ''],
  ['Сидорова Мария', 'нет', '', '', '', ''],
  ['Орлов Сергей', '8 495 333-33-33 доб. 12', '', '', '', ''],
];

type Cells = readonly (readonly string[])[];

/** A phone, a database and workbooks that tests write; all workbooks are address books of sheets. */
export async function openSheetOffice() {
  const desk = await openDesk();
  Object.assign(desk.settings, { country: 'RU', areaCode: '495' });
  const folder = new TableFolder();
  const data = mkdtempSync(path.join(os.tmpdir(), 'offhook-sheet-office-'));
  const database = new DirectDatabase(path.join(data, 'x.sqlite'), agentSchema);
  const archive = new MemoryCallArchive({
    log: desk.callLog,
    people: new MemoryKnownPeople(() => 'person'),
    clock: desk.clock,
  });
  const changed = new Emitter<DirectoryStatus[]>();
  const statuses: DirectoryStatus[] = [];
  const directories = { list: () => [...statuses], onChanged: changed.event } as unknown as DirectoryDesk;
  const directory = { glance: () => null } as unknown as PeopleDirectory;
  const writer = new MemoryWorkbookWriter(() => desk.clock.now());
  const problems = new ProblemBoard(desk.clock, silentLogger);
  const watching = new Map<string, Set<() => void>>();
  let opened: Sheets | null = null;
  let refreshes = 0;

  const load = async (file: string, sheet: string) => {
    const table = await readSheet(placeOf(file, { sheet }));
    const rows: MemorySheet = new Map(
      table.entries.map(({ key, row, cells }) => {
        const texts = unpackCells(cells);
        const named = table.columns.map(({ heading: name }, index): [string, string] => [name, texts[index] ?? '']);
        return [key, { row, cells: new Map(named) }];
      }),
    );
    writer.sheets.set(`${file}\n${sheet}`, rows);
  };
  /** What the writer made of a sheet, as a file again. */
  const save = (file: string, sheet: string) => {
    const rows = [...writer.sheets.get(`${file}\n${sheet}`)!.values()].sort((one, other) => one.row - other.row);
    const headings = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
    const texts = rows.map(({ cells }) => headings.map((name) => cells.get(name) ?? ''));
    folder.workbook(path.basename(file), [headings, ...texts], sheet);
  };
  writer.onWritten = ({ file, sheet }) => save(file, sheet);

  /** Somebody saves the workbook; the address book reads it. */
  const workbook = async (
    name: string,
    rows: Cells = customers,
    headings: readonly string[] = heading,
    id = `d-${name}`,
  ) => {
    const file = folder.workbook(name, [[...headings], ...rows]);
    await load(file, 'Лист1');
    await database.execute(
      `INSERT OR REPLACE INTO directory (id, kind, label, position, config) VALUES (?, 'sheet', 'Клиенты', 1, '{}')`,
      [id],
    );
    await database.execute('DELETE FROM directory_entry WHERE directory_id = ?', [id]);
    for (const entry of (await refreshed(file)).entries) {
      const numbers = packNumbers(readEntryNumbers(entry.numbers, desk.settings));
      await database.execute(
        `INSERT INTO directory_entry (directory_id, key, handle, content_hash, name, firm, role, department, numbers,
          emails, links, note, fields, open, place) VALUES (?, ?, ?, '', ?, ?, '', '', ?, '[]', '[]', '', '[]', ?, '')`,
        [id, entry.key, entryHandle(id, entry.key), entry.name, entry.firm, numbers, JSON.stringify(entry.open)],
      );
    }
    const known = statuses.findIndex((status) => status.id === id);
    if (known >= 0) statuses.splice(known, 1);
    const config = { kind: 'sheet' as const, path: file, mappings: [] };
    const status = {
      id,
      kind: 'sheet' as const,
      label: 'Клиенты',
      config,
      refreshedAt: desk.clock.now() + ++refreshes,
    };
    statuses.push(status as unknown as DirectoryStatus);
    changed.fire(statuses);
    for (const heard of watching.get(file) ?? []) heard();
    return { file, id: sheetId(id, name, 'Лист1'), directoryId: id };
  };

  const open = async () => {
    const reader = new OpenTables({ clock: desk.clock, marksOf: (id) => opened!.marksOf(id) });
    opened = new Sheets({
      ...desk,
      ...{ store: new SqliteSheetStore({ database }), reader, archive, directory, directories, writer, problems },
      redial: new RedialMemory(),
      watch: (target, heard) => {
        const all = watching.get(target) ?? new Set();
        watching.set(target, all.add(heard));
        return { dispose: () => void all.delete(heard) };
      },
      rules: () => desk.settings,
      language: () => 'ru',
      mayDialUnasked: (text) => !text.startsWith('+44'),
      logger: silentLogger,
    });
    await opened.start();
    return opened;
  };

  return {
    ...{ ...desk, database, archive, writer, problems, folder, statuses, workbook, open },
    /** The one that was opened last, whether it could start or not. */
    opened: () => opened!,
    changed: () => changed.fire(statuses),
    /** Says that a path has changed. */
    touch: (target: string) => watching.get(target)?.forEach((heard) => heard()),
    /** A cell of a row, by the name in its first column. */
    cell(file: string, name: string, column: string): string | undefined {
      const rows = [...writer.sheets.get(`${file}\nЛист1`)!.values()];
      return rows.find(({ cells }) => cells.get('ФИО') === name)?.cells.get(column);
    },
    sessions: () => desk.userAgents[0]!.sessions,
    async close() {
      await opened?.close();
      desk.calls.dispose();
      await database.close();
      folder.remove();
      rmSync(data, { recursive: true });
    },
  };
}

export type SheetOffice = Awaited<ReturnType<typeof openSheetOffice>>;
