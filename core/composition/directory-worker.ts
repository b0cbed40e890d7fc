import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteEntryStore } from '#core/contacts/directories/sqlite-entry-store.ts';
import type {
  DirectoryWorkerData,
  DirectoryWorkerReply,
  DirectoryWorkerRequest,
} from '#core/contacts/directories/directory-worker-protocol.ts';
import { DirectoryLabour } from '#core/contacts/directories/directory-labour.ts';
import { openDirectorySource } from './directory-sources.ts';

/** Entry of a thread that reads one address book, or works on the entries of one, and ends. */
const port = parentPort;
if (!port) throw new Error('directory-worker runs as a worker thread');

// Linux counts niceness by thread; elsewhere the whole agent would have to wait.
if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

const { database } = workerData as DirectoryWorkerData;
const labour = new DirectoryLabour({
  openSource: openDirectorySource,
  openStore: () =>
    SqliteEntryStore.open({
      file: database,
      now: () => performance.now(),
      pause: async (milliseconds) => {
        await (milliseconds > 0 ? setTimeout(milliseconds) : setImmediate());
      },
    }),
  now: () => Date.now(),
  monotonic: () => performance.now(),
  newId: randomUUID,
  reply: (message: DirectoryWorkerReply) => port.postMessage(message),
});

port.on('message', (request: DirectoryWorkerRequest) => {
  if (request.kind === 'abort') labour.abort();
  else void labour.carryOut(request).finally(() => port.close());
});
