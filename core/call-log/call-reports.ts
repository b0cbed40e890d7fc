import type { CallReport, ReportKind, ReportQuery } from '#contract/ipc/index.ts';

export type ReportOf<K extends ReportKind> = Extract<CallReport, { kind: K }>;

/**
 * Figures over the calls of the log that have ended, each no longer than a chart can show however many calls there are.
 * A report never holds up a record. Rejects with a `storage.*` code where the disk says no.
 */
export interface CallReports {
  run(query: ReportQuery): Promise<CallReport>;
}

/** How many of a party's last calls are looked at for a name and a number to show. */
export const callsForName = 50;

export const quarter = 15 * 60_000;
export const hour = 60 * 60_000;
