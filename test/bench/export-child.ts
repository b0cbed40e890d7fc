// One export by the agent's own parts in a process of its own: prints an `ExportFigures` as JSON.
import path from 'node:path';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { SqliteCallLog } from '#core/call-log/sqlite-call-log.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { exportRequestOf } from '#core/exports/export-request.test-support.ts';
import { Exports } from '#core/exports/index.ts';
import { WorkerExportFiles } from '#core/exports/worker-export-files.ts';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';

export interface ExportFigures {
  rows: number;
  bytes: number;
  seconds: number;
  /** Largest CPU time of one turn of the loop, ms; null where turns were not watched, which costs a core. */
  largestTurn: number | null;
  /** Largest resident set of the whole process, MB. */
  memory: number;
  /** Longest time until a call that ended meanwhile was on the disk, ms. */
  slowestRecord: number;
}

const [directory = '', format = 'csv', watch = ''] = process.argv.slice(2);
const source = (file: string) => new URL(`../../core/${file}`, import.meta.url);
const file = path.join(directory, 'offhook.sqlite');
const parts = agentSchema;
const database = new WorkerDatabase({
  file,
  parts,
  workerEntry: source('storage/storage-worker.ts'),
  clock: systemClock,
});
const callLog = new SqliteCallLog({ database });
const newId = () => crypto.randomUUID();
const files = new WorkerExportFiles({
  database: file,
  directory: path.join(directory, 'exports'),
  workerEntry: source('exports/export-worker.ts'),
  newId,
});
const exports = new Exports({ files, waiting: () => [], clock: systemClock, logger: silentLogger, newId });
await database.query('SELECT 1');

let [watching, largestTurn] = [watch === 'turns', 0];
let before = process.threadCpuUsage();
function turn(): void {
  const now = process.threadCpuUsage();
  largestTurn = Math.max(largestTurn, now.user + now.system - before.user - before.system);
  before = now;
  if (watching) setImmediate(turn);
}
if (watching) setImmediate(turn);

let slowestRecord = 0;
async function record(): Promise<void> {
  const [began, now] = [performance.now(), Date.now()];
  await callLog.record(callRecordOf({ id: newId(), offeredAt: now - 9000, answeredAt: now - 8000, endedAt: now }));
  slowestRecord = Math.max(slowestRecord, performance.now() - began);
}
const recording = setInterval(() => void record(), 200);

const began = performance.now();
const done = new Promise<{ rows: number; bytes: number | null }>((resolve, reject) => {
  exports.onProgress((progress) => {
    if (progress.state === 'done') resolve(progress);
    if (progress.state === 'failed') reject(new Error(progress.error?.detail ?? progress.error?.code));
  });
});
exports.start(exportRequestOf({ format: format === 'xlsx' ? 'xlsx' : 'csv' }), {});
const { rows, bytes } = await done;
const seconds = (performance.now() - began) / 1000;
watching = false;
clearInterval(recording);
const figures: ExportFigures = {
  rows,
  bytes: bytes ?? 0,
  seconds,
  largestTurn: watch === 'turns' ? largestTurn / 1000 : null,
  memory: process.resourceUsage().maxRSS / 1024,
  slowestRecord,
};
console.log(JSON.stringify(figures));
await exports.stop();
await database.close();
