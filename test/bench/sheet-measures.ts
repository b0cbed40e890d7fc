import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { customerRows, writeCustomerSheet } from './customer-sheet.ts';
import type { Measure } from './measure.ts';
import type { SheetFigures, SheetTask } from './sheet-child.ts';

const child = fileURLToPath(new URL('./sheet-child.ts', import.meta.url));
/** Each in turn, so that what else the machine does falls on both. */
const rounds = 3;
let written: Promise<string> | null = null;

async function write(): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-sheet-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const file = path.join(directory, 'customers.xlsx');
  await writeCustomerSheet(file);
  return file;
}

/** In a process of its own; checks that every row was read. */
async function run(task: SheetTask): Promise<SheetFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, task, await (written ??= write())]);
  const figures = JSON.parse(stdout) as SheetFigures;
  if (figures.rows < customerRows) throw new Error(`${task} read ${figures.rows} rows of ${customerRows}`);
  return figures;
}

/** The best of several runs of each. */
async function compare(task: SheetTask, figure: 'milliseconds' | 'memory') {
  const [own, other]: [SheetFigures[], SheetFigures[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    own.push(await run(task));
    other.push(await run('exceljs'));
  }
  const best = (all: readonly SheetFigures[]) => Math.min(...all.map((each) => each[figure]));
  return { own: best(own), other: best(other), by: own[0]!.by };
}

const rowsPerSecond = (milliseconds: number) => Math.round(customerRows / (milliseconds / 1000));

export const measures: Measure[] = [
  {
    id: 'sheet-read',
    stat: 'best',
    unit: 'of its time',
    goal: 0.2,
    title: '100,000 rows × 12 columns of a workbook read, held against exceljs’s streaming reader',
    run: async () => {
      const { own, other } = await compare('ours', 'milliseconds');
      const name = `exceljs, ${rowsPerSecond(other)} rows/s (here ${rowsPerSecond(own)})`;
      return { value: own / other, against: { name, value: 1 } };
    },
  },
  {
    id: 'sheet-memory',
    stat: 'best',
    unit: 'of its peak',
    goal: 0.5,
    title: 'memory that the same takes above the loaded modules, held against exceljs’s streaming reader',
    run: async () => {
      const { own, other } = await compare('ours', 'memory');
      const name = `exceljs, ${Math.round(other)} MB (here ${Math.round(own)})`;
      return { value: own / other, against: { name, value: 1 } };
    },
  },
  {
    id: 'sheet-import',
    stat: 'best',
    unit: 'of its time',
    goal: 1,
    title: 'the same workbook read, its numbers parsed and all stored, held against exceljs’s reading alone',
    run: async () => {
      const { own, other, by } = await compare('import', 'milliseconds');
      const name = `exceljs, ${Math.round(other)} ms (here ${Math.round(own)}, by ${by})`;
      return { value: own / other, against: { name, value: 1 } };
    },
  },
];
