import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '#core/foundation/index.ts';
import { everyRow, questionOf } from '#core/office/sheets/reading/sheet-reader.test-support.ts';
import { WorkerSheetReader } from '#core/office/sheets/reading/worker-sheet-reader.ts';
import { customerRows, writeCustomerSheet } from './customer-sheet.ts';
import { percentile, type Measure } from './measure.ts';

const worker = new URL('../../dist/sheet-worker.js', import.meta.url);
const rowsAtOnce = 100;
const pages = 60;
const rounds = 3;

interface Figures {
  /** ms from the question to the first page, the thread started and the file read. */
  first: number;
  /** ms of further pages, some of them of a filter. */
  further: number[];
}

async function open(file: string): Promise<Figures> {
  const reader = new WorkerSheetReader({ workerEntry: worker, clock: systemClock, marksOf: async () => [] });
  const asked = questionOf(file, { sheet: 'Клиенты' });
  const timed = async (offset: number, text = '') => {
    const from = performance.now();
    const { total } = await reader.page({ ...asked, filter: { ...everyRow, text }, offset, limit: rowsAtOnce });
    if (text === '' && total !== customerRows) throw new Error(`${total} rows of ${customerRows}`);
    return performance.now() - from;
  };
  try {
    const first = await timed(0);
    const further: number[] = [];
    for (let page = 1; page < pages; page++) further.push(await timed((page * 7919) % customerRows));
    await timed(0, 'иванова отказ');
    for (let page = 1; page < pages; page++) further.push(await timed(page * rowsAtOnce, 'иванова отказ'));
    return { first, further };
  } finally {
    await reader.close();
  }
}

async function run(): Promise<Figures[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-pages-'));
  try {
    const file = path.join(directory, 'customers.xlsx');
    await writeCustomerSheet(file);
    const all: Figures[] = [];
    for (let round = 0; round < rounds; round++) all.push(await open(file));
    return all;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

let figures: Promise<Figures[]> | null = null;

export const measures: Measure[] = [
  {
    id: 'sheet-first-page',
    stat: 'best',
    unit: 'ms',
    goal: 1000,
    title: 'the first page of a customer sheet of 100,000 rows: thread started, workbook read',
    run: async () => ({ value: Math.min(...(await (figures ??= run())).map(({ first }) => first)) }),
  },
  {
    id: 'sheet-page',
    stat: 'p95',
    unit: 'ms',
    goal: 30,
    title: 'another page of it, anywhere, also of a filter, while numbers are still being counted',
    run: async () => ({
      value: percentile(
        (await (figures ??= run())).flatMap(({ further }) => further),
        0.95,
      ),
    }),
  },
];
