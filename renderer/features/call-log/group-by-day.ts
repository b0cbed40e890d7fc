import type { CallRecord } from '#contract/ipc/index.ts';

/** Local midnight before a moment, both in Unix ms. */
export function dayStart(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}

export interface RecordGroup {
  /** Local midnight of the day, Unix ms. */
  day: number;
  records: CallRecord[];
}

/** Keeps the order of the records; a day's group stands where its first record stands. */
export function groupByDay(records: readonly CallRecord[]): RecordGroup[] {
  const groups = new Map<number, RecordGroup>();
  for (const record of records) {
    const day = dayStart(record.offeredAt);
    const group = groups.get(day) ?? { day, records: [] };
    group.records.push(record);
    groups.set(day, group);
  }
  return [...groups.values()];
}
