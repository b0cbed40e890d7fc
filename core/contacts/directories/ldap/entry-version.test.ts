import { describe, expect, test } from 'vitest';
import { readGeneralizedTime, SeenVersions, versionOf, writeGeneralizedTime } from './entry-version.ts';
import { RawEntry } from './raw-entry.ts';

const at = (time: number, mark: string) => ({ time, mark });
const hour = 60 * 60 * 1000;

describe('a server’s time', () => {
  test.for([
    ['20260115090000Z', '2026-01-15T09:00:00.000Z'],
    ['20260115090000.5Z', '2026-01-15T09:00:00.500Z'],
    ['20260115120000+0300', '2026-01-15T09:00:00.000Z'],
    ['202601150900Z', '2026-01-15T09:00:00.000Z'],
    ['2026011509-01', '2026-01-15T10:00:00.000Z'],
  ] as const)('is read from %s', ([text, time]) => {
    expect(new Date(readGeneralizedTime(text) ?? 0).toISOString()).toBe(time);
  });

  test('is not read from what is none, and is written as it is searched by', () => {
    for (const text of ['', 'yesterday', '20261315090000Z', '20260115']) expect(readGeneralizedTime(text)).toBeNull();
    expect(writeGeneralizedTime(Date.UTC(2026, 0, 15, 9, 0, 0, 700))).toBe('20260115090000Z');
  });
});

describe('the states that were seen', () => {
  test('are those of the day before the latest change, and all that is older', () => {
    const now = Date.UTC(2026, 0, 15);
    const seen = SeenVersions.of([at(now, 'aaaaaaaa'), at(now - hour, 'bbbbbbbb'), at(now - 48 * hour, 'cccccccc')]);
    const kept = new SeenVersions(seen.latest, String(seen));
    expect(String(kept)).toBe('aaaaaaaabbbbbbbb');
    expect(kept.has(at(now, 'aaaaaaaa'))).toBe(true);
    expect(kept.has(at(now - hour, 'xxxxxxxx'))).toBe(false);
    expect(kept.has(at(now - 48 * hour, 'xxxxxxxx'))).toBe(true);
    expect(kept.has(at(now + hour, 'aaaaaaab'))).toBe(false);
  });

  test('do not depend on the order in which entries come', () => {
    const versions = [at(5, 'bbbbbbbb'), at(6, 'aaaaaaaa'), at(6, 'cccccccc')];
    expect(String(SeenVersions.of(versions))).toBe(String(SeenVersions.of(versions.toReversed())));
  });

  test('tell two changes within a second apart where the server does', () => {
    const version = (csn: string) => {
      const attributes = { modifyTimestamp: '20260115090000Z', entryCSN: csn };
      const all = Object.entries(attributes).map(([type, value]) => ({ type, values: [Buffer.from(value)] }));
      return versionOf(new RawEntry('cn=x', all), 'x');
    };
    expect(version('20260115090000.1Z#0#0#0')?.mark).not.toBe(version('20260115090000.2Z#0#0#0')?.mark);
    expect(versionOf(new RawEntry('cn=x', []), 'x')).toBeNull();
  });
});
