import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entry, openEntries, scriptedSource } from '#core/contacts/directories/intake/sqlite-entries.test-support.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const name = fc.constantFrom('x', 'y', 'z');
const put = fc.uniqueArray(fc.record({ key, name }), { selector: (each) => each.key });
const step = fc.record({
  kind: fc.constantFrom('complete' as const, 'partial' as const, 'unchanged' as const, 'failed' as const),
  put,
  removed: fc.uniqueArray(key),
});

it('leaves exactly what the source has, whatever was refreshed in whole or in part before', async () => {
  const run = async (steps: (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) => {
    const entries = openEntries();
    let state = new Map<string, string>();
    try {
      for (const { kind, put: given, removed } of steps) {
        const before = entries.version();
        const next = kind === 'complete' ? new Map<string, string>() : new Map(state);
        if (kind !== 'unchanged') for (const each of given) next.set(each.key, each.name);
        if (kind === 'partial') for (const each of removed) next.delete(each);
        const same = JSON.stringify([...next].sort()) === JSON.stringify([...state].sort());
        const result = await entries.refresh(
          scriptedSource(async (reading) => {
            if (kind === 'unchanged') return { kind, cursor: null };
            await reading.put(given.map((each) => entry(each.key, { name: each.name })));
            if (kind === 'partial') await reading.remove(removed);
            if (kind === 'failed') throw new Error('no');
            return { kind, cursor: null };
          }),
        );
        state = next;
        const rows = entries.rows().map((row) => [row.key, row.name]);
        expect(rows).toEqual([...state].sort());
        const comesAndGoes = kind === 'partial' && given.some((each) => removed.includes(each.key));
        if (same && !comesAndGoes) {
          expect(entries.version()).toBe(before);
          expect(result).toMatchObject({ changed: 0, removed: 0 });
        }
      }
    } finally {
      entries.close();
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 6 }), run), { numRuns: 25 });
}, 60_000);
