import type { CallReport, LoggedCall, PersonRow, ReportQuery } from '#contract/ipc/index.ts';
import type { KnownPeople } from '#core/contacts/index.ts';
import type { CallArchive } from './call-archive.ts';
import { callsForName, hour, quarter, type CallReports } from './call-reports.ts';
import { addCounts, noCalls, toCallbacks, toFigures, type CallbackCounts, type CallCounts } from './report-counts.ts';
import { fillSpans, grainOf, rangeBefore, spanStart, toRange, type DayRange } from './report-spans.ts';

const localHours = ({ record }: LoggedCall) =>
  Math.floor((record.offeredAt + record.zoneOffsetMinutes * 60_000) / 3_600_000);
const localDay = (call: LoggedCall) => Math.floor(localHours(call) / 24);

function countsOf({ record }: LoggedCall): CallCounts {
  const { offeredAt, answeredAt, endedAt, direction, disposition } = record;
  const incoming = direction === 'incoming';
  const answered = incoming && answeredAt !== null;
  return {
    calls: 1,
    incoming: Number(incoming),
    answered: Number(answered),
    missed: Number(disposition === 'missed'),
    reached: Number(!incoming && answeredAt !== null),
    waiting: answered ? answeredAt - offeredAt : 0,
    talking: answeredAt === null ? 0 : (endedAt ?? answeredAt) - answeredAt,
  };
}

const sum = (calls: readonly LoggedCall[]) => calls.map(countsOf).reduce((a, b) => addCounts(a, b), noCalls);

/** The value that the share of the values given does not pass, by nearest rank. */
function nearest(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null;
}

function callbacksOf(calls: readonly LoggedCall[]): CallbackCounts {
  const missed = calls.filter((call) => call.missed !== null);
  const back = missed.filter((call) => call.missed?.handledBy != null);
  const times = back.map(({ missed: after, record }) => (after?.handledAt ?? 0) - record.offeredAt);
  return {
    missed: missed.length,
    calledBack: back.length,
    settled: missed.filter((call) => call.missed?.handledAt != null && call.missed.handledBy === null).length,
    medianTime: nearest(times, 0.5),
    ninetiethTime: nearest(times, 0.9),
    inQuarter: times.filter((time) => time <= quarter).length,
    inHour: times.filter((time) => time <= hour).length,
  };
}

function groupBy<Key>(calls: readonly LoggedCall[], keyOf: (call: LoggedCall) => Key): Map<Key, LoggedCall[]> {
  const groups = new Map<Key, LoggedCall[]>();
  for (const call of calls) groups.set(keyOf(call), [...(groups.get(keyOf(call)) ?? []), call]);
  return groups;
}

const inOrder = (a: string, b: string) => (a < b ? -1 : 1);

/** What a report means, in the plainest way: every call is looked at for every question. */
export class MemoryCallReports implements CallReports {
  private readonly archive: CallArchive;
  private readonly people: KnownPeople;

  constructor(options: { archive: CallArchive; people: KnownPeople }) {
    this.archive = options.archive;
    this.people = options.people;
  }

  async run(query: ReportQuery): Promise<CallReport> {
    const { filter, kind, limit } = query;
    const page = await this.archive.query({ filter, after: null, limit: Infinity });
    const ended = page.calls.filter(({ record }) => record.endedAt !== null);
    const within = ({ from, to }: DayRange) => ended.filter((call) => localDay(call) >= from && localDay(call) <= to);
    const range = toRange(query.period);
    const calls = within(range);
    const grain = grainOf(range);
    const bySpan = groupBy(calls, (call) => spanStart(localDay(call), grain));
    switch (kind) {
      case 'summary': {
        const totals = (some: LoggedCall[]) => ({
          figures: toFigures(sum(some)),
          callbacks: toCallbacks(callbacksOf(some)),
        });
        const before = within(query.before ? toRange(query.before) : rangeBefore(range));
        return { kind, now: totals(calls), before: totals(before) };
      }
      case 'hours': {
        const byHour = groupBy(calls, (call) => localHours(call) % 24);
        const rows = Array.from({ length: 24 }, (_, hour) => ({ hour, ...toFigures(sum(byHour.get(hour) ?? [])) }));
        return { kind, rows };
      }
      case 'days':
        return { kind, grain, rows: fillSpans(range, grain, bySpan, (some) => toFigures(sum(some ?? []))) };
      case 'callbacks':
        return { kind, grain, rows: fillSpans(range, grain, bySpan, (some) => toCallbacks(callbacksOf(some ?? []))) };
      case 'lines': {
        const rows = [...groupBy(calls, ({ record }) => record.lineId)].map(([lineId, some]) => {
          return { lineId, label: some[0]?.record.lineLabel ?? '', ...toFigures(sum(some)) };
        });
        return { kind, rows: rows.sort((a, b) => b.calls - a.calls || inOrder(a.lineId, b.lineId)) };
      }
      case 'people': {
        const known = calls.filter((call) => call.record.partyKey !== null || this.personOf(call) !== null);
        const groups = [...groupBy(known, (call) => this.personOf(call)?.id ?? call.record.partyKey ?? '')];
        groups.sort(([a, some], [b, others]) => others.length - some.length || inOrder(a, b));
        const shown = groups.slice(0, limit);
        const counted = shown.flatMap(([, some]) => some);
        const rest = calls.filter((call) => !counted.includes(call));
        const all = (await this.archive.query({ filter: {}, after: null, limit: Infinity })).calls;
        return { kind, rows: shown.map(([, some]) => this.personRow(some, calls, all)), rest: toFigures(sum(rest)) };
      }
    }
  }

  /** A link by hand goes before the number; one that leads nowhere counts for nothing. */
  private personOf({ record, annotation }: LoggedCall) {
    const linked = annotation?.personId ?? null;
    return (linked === null ? null : this.people.person(linked)) ?? this.people.personOf(record.partyKey);
  }

  private personRow(own: readonly LoggedCall[], calls: readonly LoggedCall[], all: readonly LoggedCall[]): PersonRow {
    const person = this.personOf(own[0]!);
    const partyKey = person ? null : own[0]!.record.partyKey;
    const owner = (key: string | null) => this.people.personOf(key)?.id;
    const theirs = calls.filter(({ record }) =>
      person ? owner(record.partyKey) === person.id : record.partyKey === partyKey,
    );
    const keys = theirs.flatMap(({ record }) => record.partyKey ?? []).sort(inOrder);
    const key = keys[0] ?? this.people.keysOf(person?.id ?? '')[0] ?? null;
    const heard = all.filter(({ record }) => record.partyKey === key && key !== null);
    const name = heard.slice(0, callsForName).find(({ record }) => record.name !== null)?.record.name ?? null;
    const display = heard[0]?.record.display ?? '';
    return { person, partyKey, name: person ? null : name, display, ...toFigures(sum(own)) };
  }
}
