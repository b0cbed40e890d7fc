// Writes one row into a workbook in a worker of this process: prints `PatchFigures` as JSON.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RowOutcome } from '#core/office/sheets/index.ts';
import type { PatchTask } from './sheet-patch-worker.ts';

export interface PatchFigures {
  milliseconds: number;
  /** MB that the process grew by from where its modules were loaded, at its largest; and all that it took. */
  memory: number;
  whole: number;
  outcome: RowOutcome['kind'];
}

/** Linux hands a process the peak of the one that started it; the peak of its own memory is elsewhere. */
function megabytes(): number {
  const status = '/proc/self/status';
  const own = existsSync(status) ? /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return (own === undefined ? process.resourceUsage().maxRSS : Number(own)) / 1024;
}

const [file = '', key = '', row = '0'] = process.argv.slice(2);
const worker = new Worker(new URL('./sheet-patch-worker.ts', import.meta.url), {
  resourceLimits: { maxYoungGenerationSizeMb: 8 },
});
await once(worker, 'message');
const before = megabytes();
const task: PatchTask = {
  keptFolder: path.join(path.dirname(file), 'kept'),
  target: { file, sheet: '', mapping: null, keyPrefix: '' },
  change: {
    id: 1,
    key,
    row: Number(row),
    cells: [
      { heading: 'Статус', value: { kind: 'text', text: 'заказал' }, expected: null },
      { heading: 'Дата звонка', value: { kind: 'date', at: Date.now(), withTime: true }, expected: null },
      { heading: 'Итог звонка', value: { kind: 'text', text: 'Ждёт договор до пятницы' }, expected: null },
    ],
  },
};
const from = performance.now();
worker.postMessage(task);
const [{ rows }] = (await once(worker, 'message')) as [{ rows: RowOutcome[] }];
const milliseconds = performance.now() - from;
const whole = megabytes();
await worker.terminate();
const figures: PatchFigures = { milliseconds, memory: whole - before, whole, outcome: rows[0]!.kind };
console.log(JSON.stringify(figures));
