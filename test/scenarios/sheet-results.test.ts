import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { packNumbers } from '#core/contacts/directories/stored-entry.ts';
import { openSqlite } from '#core/storage/open-sqlite.ts';
import type { SheetChildMessage, SheetChildSetup } from '#test/support/sheet-messages.ts';

const child = fileURLToPath(new URL('../support/sheet-child.ts', import.meta.url));
const customers = 60;
/** ms after the first result at which the program is killed. */
const kills = [3, 40, 160, 400];

let directory: string;
let file: string;
beforeEach(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-sheet-results-'));
  file = path.join(directory, 'клиенты.xlsx');
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Клиенты');
  sheet.addRow(['ФИО', 'Телефон', 'Статус', 'Комментарий']);
  for (let index = 0; index < customers; index++) sheet.addRow([`Клиент ${index}`, 84_951_110_000 + index, '', 'был']);
  await book.xlsx.writeFile(file);
  const database = openSqlite(path.join(directory, 'offhook.sqlite'), agentSchema);
  database.exec("INSERT INTO directory (id, kind, label, position, config) VALUES ('d', 'sheet', 'Клиенты', 1, '{}')");
  database
    .prepare(
      `INSERT INTO directory_entry (directory_id, key, handle, content_hash, name, firm, role, department, numbers, emails,
        links, note, fields, open, place) VALUES ('d', 'k', 'h', '', 'Клиент 0', '', '', '', ?, '[]', '[]', '', '[]', ?, '')`,
    )
    .run(packNumbers([]), JSON.stringify({ kind: 'sheet', file, sheet: 'Клиенты', row: 2 }));
  database.close();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Runs until it ends, or is killed so long after its first result. */
async function run(from: number | null, killAfter: number | null): Promise<SheetChildMessage[]> {
  const setup: SheetChildSetup = { directory, file, from };
  const program = fork(child, [JSON.stringify(setup)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const told: SheetChildMessage[] = [];
  let timer: NodeJS.Timeout | null = null;
  const kill = () => program.kill('SIGKILL');
  program.on('message', (message: SheetChildMessage) => {
    told.push(message);
    if (message.kind === 'written') kill();
    if (message.kind === 'kept' && killAfter !== null) timer ??= setTimeout(kill, killAfter);
    if (message.kind === 'kept' && told.filter(({ kind }) => kind === 'kept').length === customers - (from ?? 0))
      kill();
  });
  await once(program, 'exit');
  clearTimeout(timer ?? undefined);
  return told;
}

async function rowsNow(): Promise<string[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const rows: string[][] = [];
  book.getWorksheet('Клиенты')!.eachRow((row) => rows.push([1, 3, 4].map((column) => row.getCell(column).text)));
  return rows.slice(1);
}

it('results that were said to be kept are in the workbook, each once, however often the program is killed', async () => {
  const kept = new Map<string, { outcome: string; note: string }>();
  for (const [round, killAfter] of kills.entries()) {
    const told = await run(round * 10, killAfter);
    for (const message of told) if (message.kind === 'kept') kept.set(message.name, message);
    expect(told.some(({ kind }) => kind === 'kept')).toBe(true);
    // Whatever moment it was: the workbook is a whole one.
    expect(await rowsNow()).toHaveLength(customers);
  }
  const end = await run(null, null);
  expect(end.at(-1)).toEqual({ kind: 'written', waiting: 0, conflicts: 0 });
  for (const [name, status, note] of await rowsNow()) {
    const said = kept.get(name!);
    if (said) expect([name, status, note]).toEqual([name, said.outcome, `был\n${said.note}`]);
    // What was not said to be kept may be, but then as a whole.
    else expect([`${status} ${note}`]).toEqual([expect.stringMatching(/^(?: был|итог \d+ был\nраз \d+)$/)]);
  }
});
