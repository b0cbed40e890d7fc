import { writeSync } from 'node:fs';
import path from 'node:path';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { callRecordOf } from './call-record.test-support.ts';
import { openCallLog } from './open-call-log.ts';

// A program of its own, to be killed: begins and ends calls without pause, and prints the id of each end that the log
// has acknowledged.
const [directory = '.', run = '0'] = process.argv.slice(2);
const database = new WorkerDatabase({
  file: path.join(directory, 'calls.sqlite'),
  parts: agentSchema,
  workerEntry: new URL('../storage/storage-worker.ts', import.meta.url),
  clock: systemClock,
});
const log = openCallLog({ database, directory, clock: systemClock });
await log.closeOpenRecords(systemClock.now());
for (let count = 0; ; count += 1) {
  const record = callRecordOf({ id: `${run}-${count}`, offeredAt: Number(run) * 1e6 + count });
  void log.record({ ...record, endedAt: null, disposition: null, answeredAt: null });
  void log.record({ ...record, endedAt: null, disposition: null });
  await log.record(record);
  writeSync(1, `${record.id}\n`);
}
