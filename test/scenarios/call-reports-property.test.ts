import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { disposition, reportKind, type CallRecord, type ReportFilter } from '#contract/ipc/index.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import {
  memoryOffice,
  nameAll,
  openOfficeStorage,
  queryOf,
  type OfficeStorage,
} from '#core/call-log/call-reports.test-support.ts';

let storage: OfficeStorage;
beforeAll(() => (storage = openOfficeStorage()));
afterAll(() => storage.close());

const hour = 3_600_000;
/** A midnight in every zone that is whole hours from UTC, give or take. */
const start = Date.UTC(2026, 0, 15);
const parties = ['+74951234567', '+79030000042', '204', 'sip:door@pbx.example', null];

const call = fc.record({
  /** Often exactly on the hour, and thereby on some midnight. */
  at: fc
    .tuple(fc.integer({ min: -30, max: 60 }), fc.constantFrom(-1, 0, 0, 1, 1_800_000))
    .map(([h, ms]) => h * hour + ms),
  zone: fc.constantFrom(-720, -210, 0, 180, 345, 840),
  waits: fc.constantFrom(0, 1, 4000),
  talks: fc.constantFrom(null, 0, 1, 90_000),
  disposition: fc.constantFrom(...disposition.options, null),
  direction: fc.constantFrom('incoming' as const, 'outgoing' as const),
  party: fc.constantFrom(...parties),
  name: fc.constantFrom(null, 'Ольга', 'Ivan'),
  line: fc.constantFrom('line-1', 'line-2'),
  linked: fc.constantFrom(null, null, null, 'person-1', 'person-2', 'nobody'),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

function recordOf(each: Call, index: number): CallRecord {
  const offeredAt = start + each.at;
  const answeredAt = each.talks === null || each.disposition === 'missed' ? null : offeredAt + each.waits;
  return callRecordOf({
    ...{ id: `c${index}`, number: each.party, partyKey: each.party, display: each.party ?? '', name: each.name },
    ...{ withheld: each.party === null, internal: each.party === '204', direction: each.direction, lineId: each.line },
    ...{ offeredAt, answeredAt, disposition: each.disposition, zoneOffsetMinutes: each.zone },
    endedAt: each.disposition === null ? null : (answeredAt ?? offeredAt + each.waits) + (each.talks ?? 0),
    lineLabel: `of ${each.line}`,
  });
}

it('agree with the plain model about every call, zone, midnight and filter', async () => {
  const filter: fc.Arbitrary<ReportFilter> = fc.record(
    {
      lineId: fc.constantFrom('line-1', 'line-2', 'line-3'),
      direction: fc.constantFrom('incoming' as const, 'outgoing' as const),
      internal: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const period = fc.constantFrom(
    { from: '2026-01-15', to: '2026-01-15' },
    { from: '2026-01-14', to: '2026-01-17' },
    { from: '2026-01-13', to: '2026-05-01' },
    { from: '2024-01-16', to: '2026-01-16' },
  );
  const question = fc.record({ filter, period, limit: fc.constantFrom(1, 2, 100) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { maxLength: 20 }),
      fc.array(question, { minLength: 1, maxLength: 4 }),
      async (calls, questions) => {
        await storage.clear();
        const offices = [storage.office(), memoryOffice()] as const;
        for (const { log, archive, people } of offices) {
          await nameAll(people, ['+74951234567', '204'], 'Ольга');
          Object.assign(people, { newId: () => 'person-2' });
          await people.name('sip:door@pbx.example', 'Дверь');
          for (const [index, each] of calls.entries()) {
            await log.record(recordOf(each, index));
            // The plain model settles what follows from a call when it is asked.
            await archive.count({});
            if (each.linked !== null) await archive.annotate(`c${index}`, { personId: each.linked });
          }
        }
        for (const each of questions) {
          for (const kind of reportKind.options) {
            const [real, model] = await Promise.all(offices.map(({ reports }) => reports.run(queryOf(kind, each))));
            expect(real, JSON.stringify({ kind, ...each })).toEqual(model);
          }
        }
      },
    ),
    { numRuns: 80 },
  );
}, 60_000);
