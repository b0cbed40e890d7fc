import path from 'node:path';
import type { MessagePortMain } from 'electron';
import { toReport } from '#contract/errors.ts';
import { createAgent, type Agent } from '#core/composition-root.ts';
import { createPinoLogger } from '#core/foundation/pino-logger.ts';
import { acquireDataDirectory, type OwnedDirectory } from '#core/storage/index.ts';
import { MessageSecretStore } from '../adapters/message-secret-store.ts';
import { messagePortClient } from '../adapters/port-client.ts';
import type { FromAgent, ToAgent } from '../messages.ts';

// The composition root of the agent's utility process: bundled as dist/electron/agent.js.
const { parentPort } = process;
const send = (message: FromAgent) => parentPort.postMessage(message);
const secrets = new MessageSecretStore((id, request) => send({ kind: 'secret', id, request }));
const waiting: MessagePortMain[] = [];
let agent: Agent | null = null;
let owned: OwnedDirectory | null = null;

async function start(options: Extract<ToAgent, { kind: 'start' }>): Promise<void> {
  const directory = await acquireDataDirectory(options.dataDirectory);
  if (directory.kind === 'running') return send({ kind: 'occupied' });
  owned = directory;
  const { logger } = createPinoLogger({ file: path.join(directory.directory, 'logs', 'offhook.log') });
  agent = await createAgent({
    dataDirectory: directory.directory,
    shell: 'electron',
    version: options.version,
    logger,
    ...(options.keyStore ? { secrets } : {}),
    relayWorker: new URL('../relay-worker.js', import.meta.url),
    storageWorker: new URL('../storage-worker.js', import.meta.url),
    demo: options.demo,
    openWindow: () => send({ kind: 'open-window' }),
  });
  if (directory.writable) await directory.announce({ shell: 'electron' });
  for (const port of waiting.splice(0)) agent.connect(messagePortClient(port));
  send({ kind: 'ready' });
}

async function stop(): Promise<void> {
  await agent?.stop();
  await owned?.release();
  process.exit();
}

function receive(message: ToAgent, ports: MessagePortMain[]): Promise<void> | void {
  switch (message.kind) {
    case 'start':
      return start(message);
    case 'connect':
      for (const port of ports) {
        if (agent) agent.connect(messagePortClient(port));
        else waiting.push(port);
      }
      return;
    case 'secret':
      return secrets.answer(message.id, message.value, message.error);
    case 'stop':
      return stop();
  }
}

parentPort.on('message', (event) => {
  Promise.resolve(receive(event.data as ToAgent, event.ports)).catch((error: unknown) =>
    send({ kind: 'failed', error: toReport(error) }),
  );
});
