// A program of its own, to be killed: the real agent, at work from its start.
import { events, type AgentMessage } from '#contract/ipc/index.ts';
import { createAgent } from '#core/composition-root.ts';
import { Emitter } from '#core/foundation/index.ts';
import { createPinoLogger } from '#core/foundation/pino-logger.ts';
import { ScriptedClient } from '#test/support/scripted-client.ts';
import { pause } from '#test/support/until.ts';
import type { CrashSetup } from './crash-setup.ts';
import { reportDescriptor } from './launch.ts';
import { listAll } from './list-all.ts';
import { tell } from './reports.ts';
import { ScriptedWork } from './scripted-work.ts';
import { SeededRandom } from './seeded-random.ts';

const setup = JSON.parse(process.argv[2] ?? '') as CrashSetup;
const { dataDirectory, host, port, extension, password, targets, seed } = setup;
const startedAt = Date.now();
const account = { user: extension, domain: host, serverHost: host, serverPort: port, transport: 'tcp' as const };
const agent = await createAgent({
  dataDirectory,
  shell: 'web',
  version: '0.0.0-crash',
  logger: createPinoLogger({ file: null, level: 'error' }).logger,
  // Of the bundle; programs.ts says what lies there.
  relayWorker: new URL('./relay-worker.js', import.meta.url),
  storageWorker: new URL('./storage-worker.js', import.meta.url),
  exportWorker: new URL('./export-worker.js', import.meta.url),
  directoryWorker: new URL('./directory-worker.js', import.meta.url),
  peopleWorker: new URL('./people-worker.js', import.meta.url),
  searchWorker: new URL('./search-worker.js', import.meta.url),
  sheetWorker: new URL('./sheet-worker.js', import.meta.url),
  demo: { account, password, echo: '600', menu: '700' },
  audio: 'synthetic',
});

const messages = new Emitter<unknown>();
const client = new ScriptedClient((message) => messages.fire(message));
agent.connect({ send: hear, onMessage: messages.event, onClosed: new Emitter<void>().event });

function hear(message: AgentMessage): void {
  if ('event' in message && message.event === 'callLog.recorded') {
    const { record } = events[message.event].parse(message.payload);
    if (record.endedAt !== null) tell(reportDescriptor, { kind: 'ended', record });
  }
  client.receive(message);
}

/** What an earlier run left open is ended soon after the start; the list is taken when that is done, or has not come in 5 s. */
async function takeList(): Promise<void> {
  const deadline = performance.now() + 5000;
  for (;;) {
    const records = await listAll((period) => client.call('callLog.list', period));
    const open = records.some(({ endedAt, offeredAt }) => endedAt === null && offeredAt < startedAt);
    if (!open || performance.now() > deadline) return tell(reportDescriptor, { kind: 'list', records });
    await pause(20);
  }
}

const work = new ScriptedWork({ client, random: new SeededRandom(seed), targets });
let working = Promise.resolve();
process.once('SIGTERM', async () => {
  work.stop();
  await working;
  await agent.stop();
  process.exit(0);
});
await client.open();
await takeList();
await agent.registered();
tell(reportDescriptor, { kind: 'ready', at: Date.now() });
process.send?.('ready');
working = work.run();
