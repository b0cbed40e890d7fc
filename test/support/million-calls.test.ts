import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openToRead } from '#core/storage/open-sqlite.ts';
import { fillCallLog, lastCallAt } from './million-calls.ts';

const count = 3000;
let directory: string;
const ask = (name: string, sql: string) => {
  const database = openToRead(path.join(directory, name));
  const row = database.prepare(sql).get();
  database.close();
  return row as Record<string, number>;
};

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-million-'));
  for (const name of ['one.sqlite', 'two.sqlite']) fillCallLog(path.join(directory, name), count);
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('a call log made for measuring', () => {
  it('has as many calls as were asked for, of three years, and everything that follows from them', () => {
    const found = ask(
      'one.sqlite',
      `SELECT count(*) AS calls, min(offered_at) AS first, max(offered_at) AS last, count(DISTINCT line) AS lines,
        (SELECT sum(calls) FROM call_tally) AS tallied, (SELECT count(*) FROM missed_call) AS missed,
        sum(disposition = 'missed') AS ofThem FROM call_record`,
    );
    expect(found).toMatchObject({ calls: count, tallied: count, lines: 3, missed: found['ofThem'] });
    expect(found['last']).toBeLessThanOrEqual(lastCallAt);
    expect((found['last']! - found['first']!) / 86_400_000).toBeGreaterThan(1000);
  });

  it('looks like an office: a tenth internal, a fifth with notes, seven of ten parties with a name', () => {
    const { internal, notes, named } = ask(
      'one.sqlite',
      `SELECT avg(internal) AS internal, (SELECT count(*) FROM call_annotation) AS notes,
        (SELECT avg(name IS NOT NULL) FROM (SELECT name FROM call_record GROUP BY party_key)) AS named FROM call_record`,
    );
    expect(internal).toBeCloseTo(0.1, 1);
    expect(notes! / count).toBeCloseTo(0.2, 1);
    expect(named).toBeCloseTo(0.7, 1);
  });

  it('is the same each time', () => {
    const sum =
      'SELECT sum(offered_at % 1000003) AS times, sum(talking) AS talking, sum(length(display)) AS text FROM call_record';
    expect(ask('two.sqlite', sum)).toEqual(ask('one.sqlite', sum));
  });
});
