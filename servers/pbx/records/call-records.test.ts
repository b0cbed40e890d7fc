import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '#core/foundation/index.ts';
import type { CallRecord } from './call-record.ts';
import { FileCallRecords } from './file-call-records.ts';
import { MemoryCallRecords } from './memory-call-records.ts';

const record = (id: string): CallRecord => ({
  id,
  sipCallId: `${id}@phone`,
  caller: '101',
  withheld: false,
  dialled: '600',
  steps: ['echo'],
  startedAt: 1,
  answeredAt: 2,
  endedAt: 3,
  answeredBy: 'echo',
  disposition: 'answered',
  status: 200,
  endedBy: 'caller',
  codec: 'PCMA',
  legs: [],
});

describe('call records', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'offhook-records-'));
    file = path.join(folder, 'records.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const kinds = [
    ['in memory', async () => new MemoryCallRecords()],
    ['in a file', () => FileCallRecords.open(file, silentLogger)],
  ] as const;
  for (const [name, create] of kinds) {
    it(`give the newest first, and each by its id, ${name}`, async () => {
      const records = await create();
      for (const id of ['a', 'b', 'c']) records.append(record(id));
      expect(records.recent(2).map(({ id }) => id)).toEqual(['c', 'b']);
      expect(records.find('a')).toEqual(record('a'));
      expect(records.find('x')).toBeNull();
      await records.close();
    });
  }

  it('are all there after a restart, in a file for its owner alone', async () => {
    const first = await FileCallRecords.open(file, silentLogger);
    for (let index = 0; index < 50; index += 1) first.append(record(`call-${index}`));
    await first.flush();
    first.append(record('last'));
    await first.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(51);
    const second = await FileCallRecords.open(file, silentLogger);
    expect(second.recent(100)).toHaveLength(51);
    expect(second.recent(1)[0]!.id).toBe('last');
    await second.close();
  });

  it('survive a line that was only half written', async () => {
    writeFileSync(file, `${JSON.stringify(record('whole'))}\n{"id":"half`);
    const records = await FileCallRecords.open(file, silentLogger);
    records.append(record('next'));
    await records.close();
    appendFileSync(file, '');
    const again = await FileCallRecords.open(file, silentLogger);
    expect(again.recent(10).map(({ id }) => id)).toEqual(['next', 'whole']);
    await again.close();
  });
});
