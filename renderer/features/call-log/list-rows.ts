import type { LoggedCall } from '#contract/ipc/index.ts';
import { dayStart } from './local-days.ts';
import { isOpenMissed } from './record-words.ts';

/** The calls of one party on one day, shown by the newest of them. */
export interface PartyRow {
  kind: 'party';
  key: string;
  call: LoggedCall;
  /** The others, newest first. */
  older: readonly LoggedCall[];
  unfolded: boolean;
  /** One of them was missed and is still to be looked after. */
  open: boolean;
}

export type ListRow =
  | { kind: 'day'; key: string; day: number }
  | PartyRow
  /** A call of the unfolded row of `parent`. */
  | { kind: 'call'; key: string; parent: string; call: LoggedCall };

export type FocusableRow = Exclude<ListRow, { kind: 'day' }>;

/** px */
export const rowHeights = { day: 32, party: 52, call: 52 } as const;

/** Equal for the calls of one person, or else of one number; a withheld one stands for itself. */
function partyOf({ person, record }: LoggedCall): string {
  return person ? `person:${person.id}` : (record.partyKey ?? `call:${record.id}`);
}

function rowsOfDay(day: number, calls: readonly LoggedCall[], unfolded: ReadonlySet<string>): ListRow[] {
  const groups = new Map<string, LoggedCall[]>();
  for (const call of calls) {
    const key = `${day}/${partyOf(call)}`;
    const group = groups.get(key);
    if (group) group.push(call);
    else groups.set(key, [call]);
  }
  const rows: ListRow[] = [{ kind: 'day', key: `${day}`, day }];
  for (const [key, [call, ...older]] of groups) {
    if (!call) continue;
    const isUnfolded = older.length > 0 && unfolded.has(key);
    const open = isOpenMissed(call) || older.some(isOpenMissed);
    rows.push({ kind: 'party', key, call, older, unfolded: isUnfolded, open });
    if (isUnfolded)
      rows.push(...older.map((one) => ({ kind: 'call' as const, key: one.record.id, parent: key, call: one })));
  }
  return rows;
}

/** Whether both hold the very same calls. */
function isSame(some: readonly LoggedCall[], others: readonly LoggedCall[]): boolean {
  return some.length === others.length && some.every((call, index) => call === others[index]);
}

/**
 * Makes what stands in the list: days, and within a day a row for each party at the place of its newest call. A row's key
 * stays the same as calls come and pages are added; days in which nothing changed are not made again.
 */
export class RowMaker {
  private days = new Map<number, { calls: readonly LoggedCall[]; rows: readonly ListRow[] }>();
  private unfolded: ReadonlySet<string> = new Set();

  /** @param calls newest first */
  rows(calls: readonly LoggedCall[], unfolded: ReadonlySet<string>): ListRow[] {
    const before = unfolded === this.unfolded ? this.days : new Map<number, never>();
    [this.days, this.unfolded] = [new Map(), unfolded];
    const rows: ListRow[] = [];
    for (let from = 0; from < calls.length;) {
      const day = dayStart(calls[from]!.record.offeredAt);
      let to = from + 1;
      while (to < calls.length && calls[to]!.record.offeredAt >= day) to += 1;
      const ofDay = calls.slice(from, to);
      const known = before.get(day);
      const made =
        known && isSame(known.calls, ofDay) ? known : { calls: ofDay, rows: rowsOfDay(day, ofDay, unfolded) };
      this.days.set(day, made);
      for (const row of made.rows) rows.push(row);
      from = to;
    }
    return rows;
  }
}
