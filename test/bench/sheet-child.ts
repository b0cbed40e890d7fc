// Reads a workbook in a process of its own, by us or by exceljs: prints `SheetFigures` as JSON.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type SheetTask = 'ours' | 'exceljs' | 'import';

export interface SheetFigures {
  rows: number;
  milliseconds: number;
  /** MB that the process grew by from where its modules were loaded, at its largest. */
  memory: number;
  /** Of an import: by what the entries were stored. */
  by: 'worker' | 'plain table' | null;
}

const [task = 'ours', file = ''] = process.argv.slice(2) as [SheetTask, string];
/** Linux hands a process the peak of the one that started it; the peak of its own memory is elsewhere. */
function megabytes(): number {
  const status = '/proc/self/status';
  const own = existsSync(status) ? /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return (own === undefined ? process.resourceUsage().maxRSS : Number(own)) / 1024;
}

/** @param before MB where the modules were loaded */
async function measured(
  before: number,
  read: () => Promise<{ rows: number; by?: SheetFigures['by'] }>,
): Promise<SheetFigures> {
  const from = performance.now();
  const { rows, by = null } = await read();
  const milliseconds = performance.now() - from;
  return { rows, milliseconds, memory: megabytes() - before, by };
}

/** By the mapping that is recognised and remembered: all of the twelve columns but the running number. */
async function ours(): Promise<SheetFigures> {
  const { openTableFile } = await import('#core/contacts/directories/sheets/open-table-file.ts');
  const { sheetsToRead } = await import('#core/contacts/directories/sheets/choose-sheets.ts');
  const { planRows } = await import('#core/contacts/directories/sheets/entries/row-plan.ts');
  const before = megabytes();
  const looked = await openTableFile(file);
  const [found] = await sheetsToRead(looked, 'customers.xlsx', []);
  await looked.close();
  return await measured(before, async () => {
    const table = await openTableFile(file);
    let rows = 0;
    for await (const batch of table.rows(found!.sheet, planRows(found!).columns)) rows += batch.rows.length;
    await table.close();
    return { rows };
  });
}

async function exceljs(): Promise<SheetFigures> {
  const { default: ExcelJS } = await import('exceljs');
  return await measured(megabytes(), async () => {
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, {
      entries: 'emit',
      sharedStrings: 'cache',
      hyperlinks: 'ignore',
      styles: 'cache',
      worksheets: 'emit',
    });
    let rows = 0;
    for await (const sheet of reader) for await (const row of sheet) if (row.hasValues) rows += 1;
    return { rows };
  });
}

async function imported(): Promise<SheetFigures> {
  const { importByWorker, importPlainly } = await import('./sheet-import.ts');
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-bench-sheet-'));
  try {
    return await measured(megabytes(), async () => {
      const rows = await importByWorker(file, path.join(folder, 'worker.sqlite'));
      return rows === null
        ? { rows: await importPlainly(file, path.join(folder, 'plain.sqlite')), by: 'plain table' }
        : { rows, by: 'worker' };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tasks = { ours, exceljs, import: imported };
console.log(JSON.stringify(await tasks[task]()));
