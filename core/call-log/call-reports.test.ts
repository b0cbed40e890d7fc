import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord, ReportKind, ReportQuery } from '#contract/ipc/index.ts';
import { callRecordOf } from './call-record.test-support.ts';
import {
  memoryOffice,
  nameAll,
  openOfficeStorage,
  queryOf,
  type Office,
  type OfficeStorage,
} from './call-reports.test-support.ts';
import type { ReportOf } from './call-reports.ts';

const minute = 60_000;
/** Noon in Moscow, on a Thursday. */
const noon = Date.UTC(2026, 0, 15, 9);
let count = 0;

function call(minutes: number, fields: Partial<CallRecord> = {}): CallRecord {
  const offeredAt = noon + minutes * minute;
  const times = { offeredAt, answeredAt: offeredAt + 6000, endedAt: offeredAt + 66_000 };
  return callRecordOf({ id: `call-${++count}`, ...times, ...fields });
}
const missed = (minutes: number, fields: Partial<CallRecord> = {}) =>
  call(minutes, { answeredAt: null, disposition: 'missed', codec: null, ...fields });
const from = (number: string) => ({ number, partyKey: number, display: number });

async function ask<K extends ReportKind>(
  office: Office,
  kind: K,
  part: Partial<ReportQuery> = {},
): Promise<ReportOf<K>> {
  return (await office.reports.run(queryOf(kind, part))) as ReportOf<K>;
}

function describeReports(name: string, open: () => Office): void {
  describe(name, () => {
    async function office(...records: CallRecord[]): Promise<Office> {
      const opened = open();
      for (const record of records) await opened.log.record(record);
      return opened;
    }

    it('count what came in, went out, was talked, missed and not answered', async () => {
      const desk = await office(
        call(0),
        missed(1),
        call(2, { answeredAt: null, disposition: 'declined' }),
        call(3, { direction: 'outgoing' }),
        call(4, { direction: 'outgoing', answeredAt: null, disposition: 'busy' }),
        call(5, { endedAt: null, disposition: null }),
      );
      const { now, before } = await ask(desk, 'summary');
      expect(now.figures).toEqual({
        ...{ calls: 5, incoming: 3, outgoing: 2, answered: 1, missed: 1, reached: 1, unreached: 1 },
        ...{ answeredShare: 1 / 3, averageWait: 6000, talkTime: 120_000, averageTalk: 60_000 },
      });
      expect(before.figures).toMatchObject({ calls: 0, answeredShare: null, averageWait: null, averageTalk: null });
    });

    it('let a call that was cut after the answer wait as long as its answer took, and one before it not at all', async () => {
      const desk = await office(
        call(0, { disposition: 'cut', answeredAt: noon + 4000 }),
        call(1, { disposition: 'cut', answeredAt: null }),
        call(2, { answeredAt: noon + 2 * minute, endedAt: noon + 2 * minute }),
      );
      const { now } = await ask(desk, 'summary');
      expect(now.figures).toMatchObject({ incoming: 3, answered: 2, averageWait: 2000 });
    });

    it('give a call the day and the hour of the zone that it was recorded in', async () => {
      const lateInMoscow = { offeredAt: Date.UTC(2026, 0, 15, 20, 30), zoneOffsetMinutes: 180 };
      const nextDayInOmsk = { offeredAt: Date.UTC(2026, 0, 15, 20, 30), zoneOffsetMinutes: 360 };
      const midnight = { offeredAt: Date.UTC(2026, 0, 15, 21), zoneOffsetMinutes: 180 };
      const ended = { answeredAt: null, endedAt: Date.UTC(2026, 0, 15, 22) };
      const desk = await office(...[lateInMoscow, nextDayInOmsk, midnight].map((at) => call(0, { ...at, ...ended })));
      const { grain, rows } = await ask(desk, 'days', { period: { from: '2026-01-15', to: '2026-01-16' } });
      expect(grain).toBe('day');
      expect(rows.map((row) => [row.from, row.to, row.calls])).toEqual([
        ['2026-01-15', '2026-01-15', 1],
        ['2026-01-16', '2026-01-16', 2],
      ]);
      const { rows: hours } = await ask(desk, 'hours');
      expect(hours.flatMap(({ hour, calls }) => (calls > 0 ? [[hour, calls]] : []))).toEqual([
        [0, 1],
        [2, 1],
        [23, 1],
      ]);
    });

    it('look at the line, the direction and internal calls where it is asked for', async () => {
      const desk = await office(
        call(0),
        call(1, { lineId: 'line-2', lineLabel: 'Склад' }),
        call(2, { direction: 'outgoing', internal: true }),
      );
      const calls = async (filter: ReportQuery['filter']) => (await ask(desk, 'summary', { filter })).now.figures.calls;
      expect(await calls({ lineId: 'line-2' })).toBe(1);
      expect(await calls({ direction: 'incoming' })).toBe(2);
      expect(await calls({ internal: true })).toBe(1);
      expect(await calls({ lineId: 'nothing' })).toBe(0);
    });

    it('join the numbers of a person, and sum up whoever is not shown', async () => {
      const desk = await office(
        call(0, from('+79030000001')),
        call(1, from('+79030000002')),
        call(2, { ...from('+79030000003'), name: 'Ivan' }),
        call(3, { ...from('+79030000003'), name: null }),
        call(4, { ...from('+79030000003'), name: null }),
        call(5, from('+79030000004')),
        call(6, { number: null, partyKey: null, withheld: true, display: '' }),
      );
      await nameAll(desk.people, ['+79030000001', '+79030000002'], 'Ольга Демидова');
      const { rows, rest } = await ask(desk, 'people', { limit: 2 });
      expect(
        rows.map(({ person, partyKey, name, display, calls }) => [person?.name, partyKey, name, display, calls]),
      ).toEqual([
        [undefined, '+79030000003', 'Ivan', '+79030000003', 3],
        ['Ольга Демидова', null, null, '+79030000001', 2],
      ]);
      expect(rest).toMatchObject({ calls: 2, answered: 2 });
    });

    it('count a call for the person that it was linked to by hand', async () => {
      const desk = await office(call(0, from('+79030000001')), call(1, { ...from('+79030000002'), id: 'linked' }));
      const { id } = await desk.people.name('+79030000001', 'Ольга');
      await desk.archive.annotate('linked', { personId: id });
      const { rows } = await ask(desk, 'people');
      expect(rows.map(({ person, calls }) => [person?.name, calls])).toEqual([['Ольга', 2]]);
    });

    it('show a line that was renamed once, under its last name', async () => {
      const desk = await office(
        call(0),
        call(1, { lineLabel: 'Sales' }),
        call(2, { lineId: 'line-2', lineLabel: 'Склад' }),
      );
      const { rows } = await ask(desk, 'lines');
      expect(rows.map(({ lineId, label, calls }) => [lineId, label, calls])).toEqual([
        ['line-1', 'Sales', 2],
        ['line-2', 'Склад', 1],
      ]);
    });

    it('tell how soon missed calls were followed by a talk', async () => {
      const desk = await office();
      for (const [index, minutes] of [5, 20, 90].entries()) {
        await desk.log.record(missed(index, from(`+7903000000${index}`)));
        await desk.log.record(call(index + minutes, { ...from(`+7903000000${index}`), direction: 'outgoing' }));
      }
      await desk.log.record(missed(0, { ...from('+79030000008'), id: 'by-hand' }));
      await desk.log.record(missed(0, from('+79030000009')));
      await desk.archive.annotate('by-hand', { handled: true });
      const expected = {
        ...{ missed: 5, calledBack: 3, settled: 1, open: 1, withinQuarter: 1 / 5, withinHour: 2 / 5 },
        ...{ medianTime: 20 * minute + 6000, ninetiethTime: 90 * minute + 6000 },
      };
      const { now } = await ask(desk, 'summary');
      expect(now.callbacks).toEqual(expected);
      const { rows } = await ask(desk, 'callbacks');
      expect(rows[3]).toEqual({ from: '2026-01-15', to: '2026-01-15', ...expected });
      expect(rows[0]).toMatchObject({ missed: 0, medianTime: null, withinHour: null });
    });

    it('join days to weeks from a quarter on, and to months from two years on, cut to the period', async () => {
      const desk = await office(call(0));
      const weeks = await ask(desk, 'days', { period: { from: '2025-12-31', to: '2026-04-01' } });
      expect([weeks.grain, weeks.rows.length]).toEqual(['week', 14]);
      expect(weeks.rows[0]).toMatchObject({ from: '2025-12-31', to: '2026-01-04', calls: 0 });
      expect(weeks.rows[2]).toMatchObject({ from: '2026-01-12', to: '2026-01-18', calls: 1 });
      expect(weeks.rows.at(-1)).toMatchObject({ from: '2026-03-30', to: '2026-04-01' });
      const months = await ask(desk, 'callbacks', { period: { from: '1993-12-31', to: '2026-11-05' } });
      expect([months.grain, months.rows.length]).toEqual(['month', 396]);
      expect(months.rows.slice(0, 2).map(({ from, to }) => [from, to])).toEqual([
        ['1993-12-31', '1993-12-31'],
        ['1994-01-01', '1994-01-31'],
      ]);
    });

    it('compare with the period named, or else with as many days before', async () => {
      const desk = await office(call(0), call(-14 * 24 * 60), call(-30 * 24 * 60));
      expect((await ask(desk, 'summary')).before.figures.calls).toBe(1);
      const before = { from: '2025-12-01', to: '2026-01-11' };
      expect((await ask(desk, 'summary', { before })).before.figures.calls).toBe(2);
    });
  });
}

describeReports('reports of the plain model', memoryOffice);

describe('reports of the database', () => {
  let storage: OfficeStorage;
  beforeAll(() => (storage = openOfficeStorage()));
  beforeEach(() => storage.clear());
  afterAll(() => storage.close());

  describeReports('are the same:', () => storage.office());
});
