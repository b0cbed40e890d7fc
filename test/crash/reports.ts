import { writeSync } from 'node:fs';
import type { CallRecord } from '#contract/ipc/index.ts';

/**
 * What a program that is about to be killed tells, a line each. A line is handed to the system before the program goes
 * on, so that a kill cannot take back what was said; the last line may be torn, and counts for nothing then.
 */
export interface Reports {
  /** Unix ms; null when the program was not ready, or was killed before. */
  readyAt: number | null;
  /** Records that the log has acknowledged as ended, in order. */
  ended: CallRecord[];
  /** All that the log gave before the work began; null when it was killed before. */
  list: CallRecord[] | null;
}

export type Report =
  { kind: 'ready'; at: number } | { kind: 'ended'; record: CallRecord } | { kind: 'list'; records: CallRecord[] };

const mark = '@ ';

export function tell(descriptor: number, report: Report): void {
  const line = Buffer.from(`${mark}${JSON.stringify(report)}\n`);
  for (let sent = 0; sent < line.length;) sent += writeSync(descriptor, line, sent);
}

/** @param text whatever the program wrote, with other lines between if there are any */
export function readReports(text: string): Reports {
  const reports: Reports = { readyAt: null, ended: [], list: null };
  // What stands behind the last end of a line is torn.
  for (const line of text.split(/\r?\n/).slice(0, -1)) {
    if (!line.startsWith(mark)) continue;
    const report = JSON.parse(line.slice(mark.length)) as Report;
    if (report.kind === 'ready') reports.readyAt = report.at;
    else if (report.kind === 'ended') reports.ended.push(report.record);
    else reports.list = report.records;
  }
  return reports;
}
