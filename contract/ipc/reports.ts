import { z } from 'zod';
import { personLink } from './call-log.ts';
import { callDirection } from './calls.ts';
import { lineId } from './lines.ts';

/** The longest period of one report, in days: as many months as a chart can show. */
export const longestReport = 12_000;

/** A day of the calendar, `YYYY-MM-DD`. A call belongs to the day that it was in the zone it was recorded in. */
export const reportDay = z.iso.date();

/** Both days are included. */
export const reportPeriod = z
  .object({ from: reportDay, to: reportDay })
  .refine(({ from, to }) => from <= to, 'ends before it begins')
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < longestReport * 86_400_000, 'too long');
export type ReportPeriod = z.infer<typeof reportPeriod>;

export const reportFilter = z.object({ lineId, direction: callDirection, internal: z.boolean() }).partial();
export type ReportFilter = z.infer<typeof reportFilter>;

/** Of calls that have ended. Times are ms. */
export const reportFigures = z.object({
  calls: z.int(),
  incoming: z.int(),
  outgoing: z.int(),
  /** Incoming calls that were talked. */
  answered: z.int(),
  missed: z.int(),
  /** Outgoing calls that were talked. */
  reached: z.int(),
  /** Outgoing calls that nobody answered, for whatever reason. */
  unreached: z.int(),
  /** `answered` of `incoming`, 0–1; null without incoming calls. */
  answeredShare: z.number().nullable(),
  /** From the first ring to the answer of an incoming call; null where none was answered. */
  averageWait: z.number().nullable(),
  talkTime: z.number(),
  /** Of a call that was talked, either way; null where none was. */
  averageTalk: z.number().nullable(),
});
export type ReportFigures = z.infer<typeof reportFigures>;

/** What became of missed calls. A call back is the next talk with the same party, whoever placed it. */
export const callbackFigures = z.object({
  missed: z.int(),
  calledBack: z.int(),
  /** Marked as done by hand. */
  settled: z.int(),
  open: z.int(),
  /** From the missed call to the talk, ms: half of the call backs came sooner. Null where there was none. */
  medianTime: z.number().nullable(),
  /** Nine of ten came sooner. */
  ninetiethTime: z.number().nullable(),
  /** Called back within a quarter of an hour, of all that were missed, 0–1; null without missed calls. */
  withinQuarter: z.number().nullable(),
  withinHour: z.number().nullable(),
});
export type CallbackFigures = z.infer<typeof callbackFigures>;

const figures = reportFigures.shape;
/** A day, or the part of a week (from Monday) or month that lies in the period. */
const span = { from: reportDay, to: reportDay };
const grain = z.enum(['day', 'week', 'month']);
export type ReportGrain = z.infer<typeof grain>;

export const hourRow = z.object({ hour: z.int().min(0).max(23), ...figures });
export const dayRow = z.object({ ...span, ...figures });
export const personRow = z.object({
  /** Whose number it is, as known now. */
  person: personLink.nullable(),
  /** Of the party, where it is no person that we know; see `CallRecord.partyKey`. */
  partyKey: z.string().nullable(),
  /** The name that was heard last, where it is no person that we know. */
  name: z.string().nullable(),
  /** The number as people read it, of the last call. */
  display: z.string(),
  ...figures,
});
export const lineRow = z.object({ lineId, label: z.string(), ...figures });
export const callbackRow = z.object({ ...span, ...callbackFigures.shape });
export type HourRow = z.infer<typeof hourRow>;
export type DayRow = z.infer<typeof dayRow>;
export type PersonRow = z.infer<typeof personRow>;
export type LineRow = z.infer<typeof lineRow>;
export type CallbackRow = z.infer<typeof callbackRow>;

export const callTotals = z.object({ figures: reportFigures, callbacks: callbackFigures });
export type CallTotals = z.infer<typeof callTotals>;

export const reportKind = z.enum(['summary', 'hours', 'days', 'people', 'lines', 'callbacks']);
export type ReportKind = z.infer<typeof reportKind>;

export const callReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('summary'), now: callTotals, before: callTotals }),
  /** All 24. */
  z.object({ kind: z.literal('hours'), rows: z.array(hourRow) }),
  /** Without a gap, in the order of time. From 92 days on by weeks, from two years on by months. */
  z.object({ kind: z.literal('days'), grain, rows: z.array(dayRow) }),
  /** Most calls first; `rest` is everybody else, and whoever withheld the number. */
  z.object({ kind: z.literal('people'), rows: z.array(personRow), rest: reportFigures }),
  /** Most calls first. */
  z.object({ kind: z.literal('lines'), rows: z.array(lineRow) }),
  z.object({ kind: z.literal('callbacks'), grain, rows: z.array(callbackRow) }),
]);
export type CallReport = z.infer<typeof callReport>;

export const reportQuery = z.object({
  kind: reportKind,
  period: reportPeriod,
  /** What `summary` compares with; as many days just before the period when left out. */
  before: reportPeriod.nullable().default(null),
  filter: reportFilter.default({}),
  /** Rows of `people`. */
  limit: z.int().min(1).max(400).default(100),
});
export type ReportQuery = z.infer<typeof reportQuery>;

export const reportCommands = {
  /** Rejects with a `storage.*` code where the disk says no. */
  'reports.run': { args: reportQuery, result: callReport },
};
