import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Program } from './program.ts';

it('has threads enough for disks that do not answer, unless somebody says how many', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-program-'));
  const file = path.join(folder, 'tells.cjs');
  writeFileSync(file, "process.send(process.env.UV_THREADPOOL_SIZE); process.once('message', () => process.exit());");
  const threadsOf = async (environment: NodeJS.ProcessEnv = {}) => {
    const told = Promise.withResolvers<unknown>();
    const program = new Program({ file, environment, onMessage: told.resolve, onLost: told.reject });
    program.start();
    const threads = await told.promise;
    await program.stop(5000);
    return threads;
  };
  expect(await threadsOf()).toBe(process.env.UV_THREADPOOL_SIZE ?? '16');
  expect(await threadsOf({ UV_THREADPOOL_SIZE: '7' })).toBe('7');
  rmSync(folder, { recursive: true });
});
