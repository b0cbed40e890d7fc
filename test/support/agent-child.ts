// The real agent in a process of its own, driven by a test over the IPC channel.
import { randomBytes } from 'node:crypto';
import { clientMessage } from '#contract/ipc/index.ts';
import { createAgent } from '#core/composition-root.ts';
import { Emitter, systemClock } from '#core/foundation/index.ts';
import { createPinoLogger } from '#core/foundation/pino-logger.ts';
import { RelayMediaLegFactory } from '#core/media/relay/relay-media-leg-factory.ts';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';
import { startWebShell } from '#web/shell.ts';
import { agentTone, type AgentSetup, type FromAgentProcess, type ToAgentProcess } from './agent-messages.ts';
import { openTimers, watchTimers } from './open-timers.ts';

watchTimers();
const setup = JSON.parse(process.argv[2] ?? '') as AgentSetup;
const send = (message: FromAgentProcess) => void (process.connected && process.send?.(message));

// A synthetic endpoint is silent until it is told what to speak; here each speaks from the start.
const create = RelayMediaLegFactory.prototype.create;
RelayMediaLegFactory.prototype.create = function (options) {
  const leg = create.call(this, { ...options, codecs: setup.codecs ?? options.codecs });
  leg.synthetic?.setTone(agentTone);
  return leg;
};

const { logger } = createPinoLogger({ file: null, level: setup.logLevel });
const accessed = Promise.withResolvers<LocalApiAccess | null>();
const agent = await createAgent({
  dataDirectory: setup.dataDirectory,
  shell: 'web',
  version: '0.0.0-test',
  logger,
  relayWorker: new URL('../../core/media/relay/relay-worker.ts', import.meta.url),
  storageWorker: new URL('../../core/storage/storage-worker.ts', import.meta.url),
  exportWorker: new URL('../../core/exports/export-worker.ts', import.meta.url),
  directoryWorker: new URL('../../core/composition/directory-worker.ts', import.meta.url),
  peopleWorker: new URL('../../core/composition/people-worker.ts', import.meta.url),
  searchWorker: new URL('../../core/contacts/matching/search-worker.ts', import.meta.url),
  sheetWorker: new URL('../../core/composition/sheet-worker.ts', import.meta.url),
  demo: null,
  audio: setup.audio,
  ...(setup.paneDirectory === null ? {} : { paneDirectory: setup.paneDirectory }),
  ...(setup.localApi ? { localApi: { onAccess: accessed.resolve, port: 0 } } : {}),
});

const messages = new Emitter<unknown>();
const closed = new Emitter<void>();
agent.connect({ send: (message) => send({ kind: 'message', message }), onMessage: messages.event, onClosed: closed.event });
agent.onTone((tone) => send({ kind: 'tone', tone }));

const shell =
  setup.staticDirectory &&
  (await startWebShell({
    staticDirectory: setup.staticDirectory,
    port: 0,
    connect: (client) => agent.connect(client),
    attachSecret: randomBytes(16).toString('hex'),
    onAttach: async () => false,
    clock: systemClock,
    logger,
  }));

function run(message: unknown): void {
  const { id } = clientMessage.parse(message);
  const at = process.hrtime.bigint();
  messages.fire(message);
  send({ kind: 'began', id, at: String(at) });
}

async function stop(): Promise<void> {
  await agent.stop();
  if (shell) await shell.close();
  if (process.connected) process.disconnect();
  // Not ours to end: a process that goes on has left something open.
  setTimeout(() => {
    const left = [...process.getActiveResourcesInfo(), ...openTimers()];
    console.error(`left open: ${left.join('; ')}`);
    process.exit(99);
  }, 3000).unref();
}

process.on('message', (message: ToAgentProcess) => {
  if (message.kind === 'client') run(message.message);
  else void stop();
});
process.once('disconnect', () => void stop());
send({ kind: 'ready', address: shell ? shell.address(60_000) : null, api: setup.localApi ? await accessed.promise : null });
