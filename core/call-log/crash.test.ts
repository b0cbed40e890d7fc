import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { SqliteCallLog } from './sqlite-call-log.ts';

const kills = 4;
const writer = path.join(import.meta.dirname, 'call-writer.test-support.ts');

/** Ids whose end was acknowledged before the program was killed in mid-work. */
async function runUntilKilled(directory: string, run: number, after: number): Promise<string[]> {
  const child = spawn(process.execPath, [writer, directory, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output.split('\n').slice(0, -1);
}

it('has every call whose end was acknowledged before the program was killed, none twice, and none open', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-crash-'));
  const acknowledged: string[] = [];
  for (let run = 0; run < kills; run += 1) acknowledged.push(...(await runUntilKilled(directory, run, 20 + run * 13)));
  const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
  const database = new WorkerDatabase({
    file: path.join(directory, 'calls.sqlite'),
    parts: agentSchema,
    workerEntry,
    clock: systemClock,
  });
  const log = new SqliteCallLog({ database });
  await log.closeOpenRecords(systemClock.now());
  const records = await log.list({ from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100_000 });
  await database.close();
  rmSync(directory, { recursive: true });
  const ended = records.filter((record) => record.disposition === 'answered').map((record) => record.id);
  expect(acknowledged.length).toBeGreaterThan(kills * 20);
  expect(acknowledged.filter((id) => !ended.includes(id))).toEqual([]);
  expect(new Set(records.map((record) => record.id)).size).toBe(records.length);
  expect(records.every((record) => record.endedAt !== null)).toBe(true);
}, 60_000);
