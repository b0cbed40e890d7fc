import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAgent } from '#core/composition-root.ts';
import { findComHelper } from '#core/composition/find-com-helper.ts';
import { forcedPort } from '#core/composition/forced-port.ts';
import { systemClock } from '#core/foundation/index.ts';
import { createPinoLogger } from '#core/foundation/pino-logger.ts';
import { acquireDataDirectory } from '#core/storage/index.ts';
import { MessageSecretStore } from '../adapters/message-secret-store.ts';
import { MessageProxyFinder } from '../adapters/message-proxy-finder.ts';
import { messagePortClient } from '../adapters/port-client.ts';
import type { FromAgent, ToAgent } from '../messages.ts';
import { AgentProcess } from './agent-process.ts';

// The composition root of the agent's utility process: bundled as dist/electron/agent.js.
const { parentPort } = process;
const send = (message: FromAgent) => parentPort.postMessage(message);
const secrets = new MessageSecretStore((id, request) => send({ kind: 'secret', id, request }));
const proxies = new MessageProxyFinder((id, url) => send({ kind: 'proxy', id, url }));

const agentProcess = new AgentProcess({
  send,
  acquire: acquireDataDirectory,
  createAgent: (options, start, owned) =>
    createAgent({
      ...options,
      dataDirectory: owned.directory,
      shell: 'electron',
      logger: createPinoLogger({ file: path.join(owned.directory, 'logs', 'offhook.log') }).logger,
      ...(start.keyStore ? { secrets } : {}),
      linkCommand: start.linkCommand,
      proxy: (url) => proxies.find(url),
      relayWorker: new URL('../relay-worker.js', import.meta.url),
      storageWorker: new URL('../storage-worker.js', import.meta.url),
      exportWorker: new URL('../export-worker.js', import.meta.url),
      directoryWorker: new URL('../directory-worker.js', import.meta.url),
      peopleWorker: new URL('../people-worker.js', import.meta.url),
      searchWorker: new URL('../search-worker.js', import.meta.url),
      sheetWorker: new URL('../sheet-worker.js', import.meta.url),
      paneDirectory: fileURLToPath(new URL('../office-pane', import.meta.url)),
      ...findComHelper(new URL('../', import.meta.url)),
    }),
  answerSecret: (id, value, error) => secrets.answer(id, value, error),
  answerProxy: (id, address, error) => proxies.answer(id, address, error),
  apiPort: forcedPort(process.env),
  exit: () => process.exit(),
  clock: systemClock,
});

parentPort.on('message', (event) => agentProcess.receive(event.data as ToAgent, event.ports.map(messagePortClient)));
