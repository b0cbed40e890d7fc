import os from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { toReport } from '#contract/errors.ts';
import { linkedPersons, moveLinks } from '#core/call-log/index.ts';
import { buildPeople } from '#core/contacts/building/build-people.ts';
import type {
  PeopleWorkerData,
  PeopleWorkerReply,
  PeopleWorkerRequest,
} from '#core/contacts/building/people-worker-protocol.ts';
import { SqlitePersonStore } from '#core/contacts/building/sqlite-person-store.ts';
import { WritePace } from '#core/storage/index.ts';
import { buildPeopleImage } from '#core/contacts/matching/image-builder.ts';

/** Entry of a thread that finds out who is whom, tells the agent, writes what follows from it, and ends. */
const port = parentPort;
if (!port) throw new Error('people-worker runs as a worker thread');

const { database, pace: shared, mode, version } = workerData as PeopleWorkerData;
// Linux counts niceness by thread; elsewhere the whole agent would have to wait. Nobody has a name before the first image.
if (process.platform === 'linux' && mode !== 'load') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

const pace = new WritePace(shared);
const reply = (message: PeopleWorkerReply) => port.postMessage(message);
let isCut = false;
port.on('message', (_request: PeopleWorkerRequest) => (isCut = true));

async function build(): Promise<number> {
  const store = SqlitePersonStore.open({
    file: database,
    links: { move: moveLinks, list: linkedPersons },
    now: () => performance.now(),
    slice: () => pace.slice,
    pause: async (milliseconds) => void (await setTimeout(milliseconds)),
  });
  try {
    return await buildPeople(store, mode, {
      tell: (persons, directoryIds) => reply({ image: buildPeopleImage(persons, { version, directoryIds }) }),
      isCut: () => isCut,
    });
  } finally {
    store.close();
  }
}

try {
  reply({ written: await build() });
} catch (error) {
  reply({ error: toReport(error) });
} finally {
  port.close();
}
