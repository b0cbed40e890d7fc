import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createPinoLogger } from '#core/foundation/pino-logger.ts';
import { createPbx, type Pbx } from '#servers/pbx/composition-root.ts';
import { readConfiguration } from '#servers/pbx/directory/index.ts';
import type { FromExchange } from './exchange-host.ts';

// The newcomer's exchange as a child of `npm start`: bundled as dist/pbx.js. It ends when the pipe to its starter breaks.
const [configurationFile = '', prompts = ''] = process.argv.slice(2);
const folder = path.dirname(configurationFile);
const { logger, flush } = createPinoLogger({ file: path.join(folder, 'logs', 'pbx.log') });
const send = (message: FromExchange) => void (process.connected && process.send?.(message));
let pbx: Pbx | null = null;

async function stop(): Promise<void> {
  await pbx?.stop();
  flush();
  process.exit();
}

process.on('disconnect', () => void stop());
process.on('message', () => void stop());
process.on('SIGTERM', () => void stop());
// Ctrl-C reaches the whole group; the starter ends the agent first, which still wants to un-register here.
process.on('SIGINT', () => {});
process.on('uncaughtException', (error) => {
  logger.error('a bug ended the exchange', { error });
  flush();
  process.exit(70);
});

try {
  const config = readConfiguration(readFileSync(configurationFile, 'utf8'));
  pbx = await createPbx({ config, folder, prompts, logger });
  send({ kind: 'listening' });
} catch (error) {
  const { code } = error as { code?: unknown };
  send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error), code: typeof code === 'string' ? code : null });
}
