import type { CallRecord } from '#contract/ipc/index.ts';

/** What to dial to repeat an outgoing call, with its extension. */
export function redialText(record: Pick<CallRecord, 'number' | 'display' | 'extension'>): string {
  const number = record.number ?? record.display;
  if (record.extension === null) return number;
  return /^\d+$/.test(record.extension) ? `${number};ext=${record.extension}` : `${number},${record.extension}`;
}
