import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPinoLogger } from './pino-logger.ts';
import { redactText } from './redaction.ts';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(path.join(tmpdir(), 'offhook-log-'))));
afterEach(() => rmSync(directory, { recursive: true }));

async function written(
  write: (log: ReturnType<typeof createPinoLogger>['logger']) => void,
): Promise<Record<string, unknown>> {
  const file = path.join(directory, 'logs', 'offhook.log');
  const { logger, flush } = createPinoLogger({ file, level: 'debug' });
  write(logger);
  await expect.poll(() => existsSync(file) && statSync(file).size).toBeGreaterThan(0);
  flush();
  return JSON.parse(readFileSync(file, 'utf8').split('\n')[0]!) as Record<string, unknown>;
}

it('writes a line with its dotted category', async () => {
  expect(await written((log) => log.child('sip').child('transaction').warn('late', { branch: 'z9' }))).toMatchObject({
    category: 'sip.transaction',
    msg: 'late',
    branch: 'z9',
  });
});

it('writes no credential, however deep it lies', async () => {
  const line = await written((log) =>
    log.info('x', { account: { user: '101', password: 'hunter2', nested: [{ ha1: 'abc' }] } }),
  );
  expect(JSON.stringify(line)).not.toMatch(/hunter2|abc/);
  expect(line.account).toMatchObject({ user: '101', password: '[redacted]' });
});

it('writes no phone number, neither in fields nor in the message nor in an error', async () => {
  const line = await written((log) =>
    log.error('to sip:79161234567@host', { error: new Error('no +7 (916) 123-45-67') }),
  );
  expect(JSON.stringify(line)).not.toMatch(/123-?45-?67/);
});

it('leaves addresses and short numbers readable', () => {
  expect(redactText('101 at 127.0.0.1:5060, status 486')).toBe('101 at 127.0.0.1:5060, status 486');
  expect(redactText('+7 495 123-45-67')).toBe('…67');
});

it('keeps the older file when the log has grown too long', async () => {
  const file = path.join(directory, 'offhook.log');
  writeFileSync(file, 'x');
  truncateSync(file, 6 * 1024 * 1024);
  createPinoLogger({ file }).logger.info('new');
  await expect.poll(() => existsSync(`${file}.1`)).toBe(true);
  expect(statSync(`${file}.1`).size).toBe(6 * 1024 * 1024);
});
