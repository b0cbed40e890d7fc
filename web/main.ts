import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAgent } from '#core/composition-root.ts';
import { findComHelper } from '#core/composition/find-com-helper.ts';
import { forcedPort } from '#core/composition/forced-port.ts';
import { findLinkCommand } from '#core/composition/open-link-registration.ts';
import { systemClock } from '#core/foundation/index.ts';
import { createPinoLogger } from '#core/foundation/pino-logger.ts';
import { acquireDataDirectory } from '#core/storage/index.ts';
import { AgentProcess } from './agent-process.ts';
import type { ToWebProcess } from './messages.ts';
import { startWebShell } from './shell.ts';

// The composition root of the web shell's process: bundled as dist/web.js, started by build/start.ts.
const level = process.env.OFFHOOK_LOG === 'debug' ? 'debug' : 'info';
const dataDirectory = process.env.OFFHOOK_DATA ?? '.';
const { logger, flush } = createPinoLogger({ file: path.join(dataDirectory, 'logs', 'offhook.log'), level });

const agentProcess = new AgentProcess({
  send: (message) => void (process.connected && process.send?.(message)),
  acquire: acquireDataDirectory,
  createAgent: (options, owned) =>
    createAgent({
      ...options,
      dataDirectory: owned.directory,
      shell: 'web',
      logger,
      relayWorker: new URL('./relay-worker.js', import.meta.url),
      storageWorker: new URL('./storage-worker.js', import.meta.url),
      exportWorker: new URL('./export-worker.js', import.meta.url),
      directoryWorker: new URL('./directory-worker.js', import.meta.url),
      peopleWorker: new URL('./people-worker.js', import.meta.url),
      searchWorker: new URL('./search-worker.js', import.meta.url),
      sheetWorker: new URL('./sheet-worker.js', import.meta.url),
      paneDirectory: fileURLToPath(new URL('./office-pane', import.meta.url)),
      ...findComHelper(new URL('./', import.meta.url)),
      ...findLinkCommand(new URL('./', import.meta.url)),
    }),
  startShell: startWebShell,
  apiPort: forcedPort(process.env),
  newSecret: () => randomBytes(32).toString('base64url'),
  killWindow(pid) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch (error) {
      logger.debug('the window was gone already', { error });
    }
  },
  exit() {
    flush();
    process.exit();
  },
  clock: systemClock,
  logger,
});

process.on('message', (message) => agentProcess.receive(message as ToWebProcess));
process.on('disconnect', () => void agentProcess.orphaned());
// Ctrl-C reaches the whole group; the starter ends us in the right order (un-REGISTER before the exchange goes).
process.on('SIGINT', () => {});
process.on('SIGTERM', () => void agentProcess.stop());
process.on('uncaughtException', (error) => {
  logger.error('a bug ended the agent', { error });
  flush();
  process.exit(70);
});
