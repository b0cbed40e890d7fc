import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { WritePace } from '#core/storage/index.ts';
import type {
  DirectoryWorkerData,
  DirectoryWorkerReply,
  DirectoryWorkerRequest,
} from '../desk/directory-worker-protocol.ts';
import { DirectoryLabour, type DirectoryLabourOptions } from './directory-labour.ts';
import { SqliteEntryStore } from './sqlite-entry-store.ts';

/** Carries out the one work that this worker thread was started for, and ends it. */
export function serveDirectoryWork(openSource: DirectoryLabourOptions['openSource']): void {
  const port = parentPort;
  if (!port) throw new Error('directory-worker runs as a worker thread');
  // Linux counts niceness by thread; elsewhere the whole agent would have to wait.
  if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

  const { database, pace: shared } = workerData as DirectoryWorkerData;
  const pace = new WritePace(shared);
  const pause = async (milliseconds: number) => {
    await (milliseconds > 0 ? setTimeout(milliseconds) : setImmediate());
  };
  const labour = new DirectoryLabour({
    openSource,
    openStore: () =>
      SqliteEntryStore.open({ file: database, now: () => performance.now(), slice: () => pace.slice, pause }),
    now: () => Date.now(),
    monotonic: () => performance.now(),
    newId: randomUUID,
    reply: (message: DirectoryWorkerReply) => port.postMessage(message),
  });
  port.on('message', (request: DirectoryWorkerRequest) => {
    if (request.kind === 'abort') labour.abort();
    else void labour.carryOut(request).finally(() => port.close());
  });
}
