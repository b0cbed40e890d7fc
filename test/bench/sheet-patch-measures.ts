import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { refreshed } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { customerRows, writeCustomerSheet } from './customer-sheet.ts';
import type { Measure } from './measure.ts';
import type { PatchFigures } from './sheet-patch-child.ts';

const child = fileURLToPath(new URL('./sheet-patch-child.ts', import.meta.url));
const rounds = 3;

interface Sheet {
  original: string;
  /** A copy of its own, since it is written into. */
  file: string;
  key: string;
  row: number;
}

let written: Promise<Sheet> | null = null;

async function write(): Promise<Sheet> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-patch-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const [original, file] = [path.join(directory, 'customers.xlsx'), path.join(directory, 'written.xlsx')];
  await writeCustomerSheet(original);
  const { entries } = await refreshed(original);
  const { key, open } = entries[Math.floor(customerRows * 0.7)]!;
  if (open?.kind !== 'sheet') throw new Error('an entry without a row');
  return { original, file, key, row: open.row };
}

/** In a process of its own; checks that the row was written. */
async function run(): Promise<PatchFigures> {
  const { original, file, key, row } = await (written ??= write());
  copyFileSync(original, file);
  const { stdout } = await promisify(execFile)(process.execPath, [child, file, key, String(row)]);
  const figures = JSON.parse(stdout) as PatchFigures;
  if (figures.outcome !== 'written') throw new Error(`the row was not written: ${figures.outcome}`);
  return figures;
}

/** The best of several runs. */
async function best(figure: 'milliseconds' | 'memory'): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) values.push((await run())[figure]);
  return Math.min(...values);
}

const row = 'one row written into a closed workbook of 100,000 rows × 12 columns, 10 MB, in a worker';

export const measures: Measure[] = [
  {
    id: 'sheet-patch',
    stat: 'best',
    unit: 's',
    goal: 1.5,
    title: row,
    run: async () => ({ value: (await best('milliseconds')) / 1000 }),
  },
  {
    id: 'sheet-patch-memory',
    stat: 'best',
    unit: 'MB',
    goal: 150,
    title: `memory that the same takes above the loaded modules`,
    run: async () => ({ value: await best('memory') }),
  },
];
