import type { CallReport, PersonRow, ReportQuery } from '#contract/ipc/index.ts';
import { numberOwners, type KnownPeople } from '#core/contacts/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { SqlPart } from './call-query-sql.ts';
import type { CallReports, ReportOf } from './call-reports.ts';
import {
  addCounts,
  noCallbacks,
  noCalls,
  toCallbacks,
  toFigures,
  type CallbackCounts,
  type CallCounts,
} from './report-counts.ts';
import { fillSpans, grainOf, rangeBefore, toRange, type DayRange } from './report-spans.ts';
import { callbacksSql, daysSql, hoursSql, linesSql, namesSql, peopleSql, totalSql } from './report-sql.ts';

type PartyCounts = CallCounts & { personId: string | null; partyKey: string | null; ownKey: string | null };
type Heard = { partyKey: string; name: string | null; display: string | null };

/** Reports that the database counts up on its reader; only what is shown comes back. */
export class SqliteCallReports implements CallReports {
  private readonly database: Database;
  private readonly people: KnownPeople;

  constructor(options: { database: Database; people: KnownPeople }) {
    this.database = options.database;
    this.people = options.people;
  }

  async run(query: ReportQuery): Promise<CallReport> {
    const range = toRange(query.period);
    switch (query.kind) {
      case 'summary':
        return this.summary(query, range);
      case 'hours':
        return this.hours(query, range);
      case 'days':
        return this.days(query, range);
      case 'people':
        return this.peopleReport(query, range);
      case 'lines':
        return this.lines(query, range);
      case 'callbacks':
        return this.callbacks(query, range);
    }
  }

  private async summary({ filter, before }: ReportQuery, range: DayRange): Promise<ReportOf<'summary'>> {
    const totals = async (within: DayRange) => {
      const [callbacks] = await this.read<CallbackCounts>(callbacksSql(filter, within, null));
      return { figures: toFigures(await this.total(filter, within)), callbacks: toCallbacks(callbacks ?? noCallbacks) };
    };
    const earlier = before ? toRange(before) : rangeBefore(range);
    return { kind: 'summary', now: await totals(range), before: await totals(earlier) };
  }

  private async hours({ filter }: ReportQuery, range: DayRange): Promise<ReportOf<'hours'>> {
    const found = await this.read<CallCounts & { hour: number }>(hoursSql(filter, range));
    const rows = Array.from({ length: 24 }, (_, hour) => {
      return { hour, ...toFigures(found.find((row) => row.hour === hour) ?? noCalls) };
    });
    return { kind: 'hours', rows };
  }

  private async days({ filter }: ReportQuery, range: DayRange): Promise<ReportOf<'days'>> {
    const grain = grainOf(range);
    const found = await this.read<CallCounts & { start: number }>(daysSql(filter, range, grain));
    const byStart = new Map(found.map((row) => [row.start, row]));
    return { kind: 'days', grain, rows: fillSpans(range, grain, byStart, (row) => toFigures(row ?? noCalls)) };
  }

  private async peopleReport({ filter, limit }: ReportQuery, range: DayRange): Promise<ReportOf<'people'>> {
    const counted = await this.read<PartyCounts>(peopleSql(filter, range, numberOwners, limit));
    const found = counted.filter(({ personId, partyKey }) => personId !== null || partyKey !== null);
    const all = counted.find((row) => !found.includes(row) && row.calls > 0) ?? noCalls;
    const keys = found.map(({ personId, ownKey }) => ownKey ?? this.people.keysOf(personId ?? '')[0] ?? null);
    const heard = await this.database.read<Heard>(namesSql, [JSON.stringify(keys.filter((key) => key !== null))]);
    const byKey = new Map(heard.map((row) => [row.partyKey, row]));
    const rows = found.map((row, index): PersonRow => {
      const { name, display } = byKey.get(keys[index] ?? '') ?? { name: null, display: null };
      const person = row.personId === null ? null : this.people.person(row.personId);
      return { person, partyKey: row.partyKey, name: person ? null : name, display: display ?? '', ...toFigures(row) };
    });
    const shown = found.reduce<CallCounts>((sum, row) => addCounts(sum, row), noCalls);
    return { kind: 'people', rows, rest: toFigures(addCounts(all, shown, -1)) };
  }

  private async lines({ filter }: ReportQuery, range: DayRange): Promise<ReportOf<'lines'>> {
    const found = await this.read<CallCounts & { lineId: string; label: string }>(linesSql(filter, range));
    return { kind: 'lines', rows: found.map((row) => ({ lineId: row.lineId, label: row.label, ...toFigures(row) })) };
  }

  private async callbacks({ filter }: ReportQuery, range: DayRange): Promise<ReportOf<'callbacks'>> {
    const grain = grainOf(range);
    const found = await this.read<CallbackCounts & { start: number }>(callbacksSql(filter, range, grain));
    const byStart = new Map(found.map((row) => [row.start, row]));
    return {
      kind: 'callbacks',
      grain,
      rows: fillSpans(range, grain, byStart, (row) => toCallbacks(row ?? noCallbacks)),
    };
  }

  private async total(filter: ReportQuery['filter'], range: DayRange): Promise<CallCounts> {
    const [row] = await this.read<CallCounts>(totalSql(filter, range));
    // Sums over nothing are null.
    return row?.calls ? row : noCalls;
  }

  private read<Row>({ sql, values }: SqlPart): Promise<Row[]> {
    return this.database.read<Row>(sql, values);
  }
}
