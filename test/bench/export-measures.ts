import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeCallHistory } from './call-history.ts';
import type { ExportFigures } from './export-child.ts';
import type { Measure } from './measure.ts';

const calls = 100_000;

async function exportAll(format: 'csv' | 'xlsx', watch: 'turns' | 'nothing'): Promise<ExportFigures> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-'));
  try {
    makeCallHistory(path.join(directory, 'offhook.sqlite'), calls);
    const child = fileURLToPath(new URL('./export-child.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [child, directory, format, watch]);
    return JSON.parse(stdout) as ExportFigures;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export const measures: Measure[] = [
  {
    id: 'export-turn',
    stat: 'max',
    unit: 'ms',
    goal: 10,
    title: 'CPU time of one turn of the agent’s loop while 100,000 calls are exported to xlsx',
    run: async () => ({ value: (await exportAll('xlsx', 'turns')).largestTurn ?? Infinity }),
  },
  {
    id: 'export-xlsx',
    stat: 'max',
    unit: 's',
    goal: 15,
    title: '100,000 calls exported to xlsx',
    run: async () => ({ value: (await exportAll('xlsx', 'nothing')).seconds }),
  },
];
