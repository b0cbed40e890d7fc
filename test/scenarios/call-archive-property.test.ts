import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnnotationPatch, CallFilter } from '#contract/ipc/index.ts';
import {
  idsOf,
  memoryDesk,
  minute,
  openArchiveStorage,
  start,
  type ArchiveStorage,
} from '#core/call-log/call-archive.test-support.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';

let storage: ArchiveStorage;
beforeAll(() => (storage = openArchiveStorage()));
afterAll(() => storage.close());

it('agrees with the plain model about every call, filter and note, in whatever order', async () => {
  const parties = ['+74951234567', '+79030000042', '204', null];
  const moment = fc.integer({ min: 0, max: 400 });
  const call = fc.record({
    at: moment,
    party: fc.constantFrom(...parties),
    name: fc.constantFrom(null, 'Ольга Демидова', 'Артём', 'Ivan 12'),
    direction: fc.constantFrom('incoming' as const, 'outgoing' as const),
    disposition: fc.constantFrom('answered' as const, 'missed' as const, 'busy' as const, null),
    lineId: fc.constantFrom('line-1', 'line-2'),
  });
  const patch: fc.Arbitrary<AnnotationPatch> = fc.record(
    {
      note: fc.constantFrom('', 'Счёт 1234', 'перезвонить Ольге'),
      outcome: fc.constantFrom(null, 'Да'),
      followUpAt: fc.constantFrom(null, start, start + minute),
      followUpDone: fc.boolean(),
      tags: fc.subarray(['опт', 'vip']),
      handled: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const filter: fc.Arbitrary<CallFilter> = fc.record(
    {
      text: fc.constantFrom(
        '',
        'оль',
        'артем',
        '1234',
        '903',
        '20',
        'счет',
        'vip',
        'лебе',
        'ivan 12',
        'оль 0042',
        '8495',
      ),
      missedOpen: fc.boolean(),
      direction: fc.constantFrom('incoming' as const, 'outgoing' as const),
      lineId: fc.constantFrom('line-1', 'line-2'),
      partyKey: fc.constantFrom('+74951234567', '204'),
      personId: fc.constantFrom('lebedev', 'nobody'),
      disposition: fc.constantFrom('answered' as const, 'missed' as const, 'busy' as const),
      outcome: fc.constant('Да'),
      followUp: fc.boolean(),
      talked: fc.boolean(),
      internal: fc.boolean(),
      from: moment.map((minutes) => start + minutes * minute),
      to: moment.map((minutes) => start + minutes * minute),
      hour: fc.integer({ min: 11, max: 19 }),
    },
    { requiredKeys: [] },
  );
  const step = fc.oneof(
    fc.record({ kind: fc.constant('call' as const), call }),
    fc.record({ kind: fc.constant('note' as const), which: fc.nat({ max: 20 }), patch }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 15 }),
      fc.array(filter, { minLength: 3, maxLength: 8 }),
      async (steps, filters) => {
        await storage.clear();
        const desks = [storage.desk(), memoryDesk()] as const;
        for (const { people } of desks) Object.assign(people, { newId: () => 'lebedev' });
        for (const { people } of desks) await people.name('+79030000042', 'Пётр Лебедев');
        const calls: string[] = [];
        for (const [index, each] of steps.entries()) {
          for (const { log, archive } of desks) {
            if (each.kind === 'call') {
              const { at, party, disposition, ...fields } = each.call;
              const offeredAt = start + at * minute;
              const talked = disposition === 'answered' ? offeredAt + 1000 : null;
              const endedAt = disposition === null ? null : offeredAt + 9000;
              const record = callRecordOf({
                ...fields,
                id: `c${index}`,
                offeredAt,
                answeredAt: talked,
                endedAt,
                disposition,
              });
              const who = { number: party, partyKey: party, withheld: party === null, internal: party === '204' };
              await log.record({ ...record, ...who });
              // The plain model settles what follows from a call when it is asked.
              await archive.count({});
              if (!calls.includes(record.id)) calls.push(record.id);
            } else if (calls.length > 0) await archive.annotate(calls[each.which % calls.length]!, each.patch);
          }
        }
        for (const asked of [{}, ...filters]) {
          const [real, model] = [await idsOf(desks[0].archive, asked, 2), await idsOf(desks[1].archive, asked)];
          expect([...real].sort(), JSON.stringify(asked)).toEqual([...model].sort());
          expect(await desks[0].archive.count(asked)).toBe(model.length);
        }
        for (const id of calls) {
          const [real, model] = [await desks[0].archive.get(id), await desks[1].archive.get(id)];
          expect(real).toEqual(model);
          expect(await desks[0].archive.changes(id)).toEqual(
            expect.arrayContaining(await desks[1].archive.changes(id)),
          );
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
