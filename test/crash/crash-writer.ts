// A program of its own, to be killed: the call log alone, with its worker, its database and its journal.
import path from 'node:path';
import type { CallRecord } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { openCallArchive, openCallLog } from '#core/call-log/open-call-log.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { FullDisk } from './full-disk.ts';
import { tell } from './reports.ts';

const [directory = '.', script = 'endless', run = '0', descriptor = '1'] = process.argv.slice(2);
const database = new WorkerDatabase({
  file: path.join(directory, 'offhook.sqlite'),
  parts: agentSchema,
  workerEntry: new URL('./storage-worker.js', import.meta.url),
  clock: systemClock,
});
const disk = new FullDisk(database);
const log = openCallLog({ database: disk, directory, clock: systemClock });
log.onRecorded((record) => {
  if (record.endedAt !== null) tell(Number(descriptor), { kind: 'ended', record });
});

const dispositions = ['answered', 'missed', 'declined', 'failed'] as const;
let count = 0;

function nextCall(): CallRecord {
  count += 1;
  const disposition = dispositions[count % dispositions.length] ?? 'answered';
  const offeredAt = Date.now();
  const answeredAt = disposition === 'answered' ? offeredAt + 900 : null;
  const id = `${run}-${count}`;
  return callRecordOf({ id, sipCallId: `${id}@crash`, offeredAt, answeredAt, endedAt: offeredAt + 9000, disposition });
}

const offered = (call: CallRecord): CallRecord => ({ ...call, endedAt: null, disposition: null, answeredAt: null });
const answered = (call: CallRecord): CallRecord => ({ ...call, endedAt: null, disposition: null });

async function wholeCall(): Promise<string> {
  const call = nextCall();
  void log.record(offered(call));
  if (call.answeredAt !== null) void log.record(answered(call));
  await log.record(call);
  return call.id;
}

/** Every way in which a call reaches the disk, once: straight, by the journal while the disk is full, and at the end. */
async function once(): Promise<void> {
  const id = await wholeCall();
  const people = new MemoryKnownPeople(() => 'person');
  const { archive } = openCallArchive({ database: disk, callLog: log, people, clock: systemClock, logger: silentLogger });
  await archive.annotate(id, { note: 'Просит счёт', tags: ['опт'], followUpAt: Date.now() + 3_600_000 });
  const [begunBefore, whole, begunInside] = [nextCall(), nextCall(), nextCall()];
  await log.record(offered(begunBefore));
  disk.full = true;
  await log.record(begunBefore);
  for (const state of [offered(whole), answered(whole), whole]) await log.record(state);
  await log.record(offered(begunInside));
  disk.full = false;
  await log.flush();
  await log.record(begunInside);
  await wholeCall();
  log.dispose();
  await database.close();
}

/** Dies while the disk is full: calls that are over, one that is up, and some of which the database knows a part wait. */
async function keep(): Promise<void> {
  const [begunBefore, whole, begunInside] = [nextCall(), nextCall(), nextCall()];
  await log.record(offered(begunBefore));
  disk.full = true;
  await log.record(begunBefore);
  await log.record(whole);
  await log.record(offered(begunInside));
  process.kill(process.pid, 'SIGKILL');
}

await log.closeOpenRecords(Date.now());
tell(Number(descriptor), { kind: 'ready', at: Date.now() });
if (script === 'once') await once();
else if (script === 'keep') await keep();
else for (;;) await wholeCall();
