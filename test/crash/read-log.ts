import path from 'node:path';
import type { CallRecord } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { openCallLog } from '#core/call-log/open-call-log.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { listAll } from './list-all.ts';

/**
 * Opens what a crash has left as the agent's next start does, and gives everything that the log then gives.
 * @param workerEntry the storage worker's program
 */
export async function readLog(directory: string, workerEntry: URL): Promise<CallRecord[]> {
  const database = new WorkerDatabase({
    file: path.join(directory, 'offhook.sqlite'),
    parts: agentSchema,
    workerEntry,
    clock: systemClock,
  });
  const log = openCallLog({ database, directory, clock: systemClock });
  try {
    await log.closeOpenRecords(Date.now());
    return await listAll((period) => log.list(period));
  } finally {
    log.dispose();
    await database.close();
  }
}
