import type { CallRecord } from '#contract/ipc/index.ts';

/** A call that somebody else than the log knows to be over. */
export interface WitnessedCall {
  /** Call-ID of the agent's own leg, where the witness can know it. */
  sipCallId: string | null;
  /** The other party's number, as the record has it. */
  number: string;
  direction: CallRecord['direction'];
  /** Unix ms; the agent may have learnt of it a little later. */
  startedAt: number;
  /** Unix ms; by then at the latest the agent had learnt of it and handed its record over. */
  knownAt: number;
  /** Unix ms. */
  endedAt: number;
}

export interface Evidence {
  /** Ended calls by id, as the log acknowledged them. */
  acknowledged: ReadonlyMap<string, CallRecord>;
  /** Those that have to be there. */
  witnessed: readonly WitnessedCall[];
}

/** `lost` and `changed`: not there, or not as acknowledged. `unseen`: a witness saw the call, and it has no record. */
export type FindingKind = 'lost' | 'changed' | 'twice' | 'open' | 'unseen' | 'damaged';

export interface Finding {
  kind: FindingKind;
  what: string;
}

function sameValue(a: unknown, b: unknown): boolean {
  // The log keeps whole milliseconds.
  if (typeof a === 'number' && typeof b === 'number') return Math.round(a) === Math.round(b);
  // Legs and the PBX's identifiers.
  return JSON.stringify(a) === JSON.stringify(b);
}

function differences(acknowledged: CallRecord, found: CallRecord): string[] {
  const keys = Object.keys(acknowledged) as (keyof CallRecord)[];
  return keys
    .filter((key) => !sameValue(acknowledged[key], found[key]))
    .map((key) => `${key} ${String(acknowledged[key])} → ${String(found[key])}`);
}

function repeated(values: readonly (string | null)[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const value of values) {
    if (value === null) continue;
    if (seen.has(value)) again.add(value);
    seen.add(value);
  }
  return [...again];
}

/** Witnessed calls without a record. One party's calls do not overlap, so that their times tell them apart. */
export function withoutRecord<C extends WitnessedCall>(calls: readonly C[], records: readonly CallRecord[]): C[] {
  const callIds = new Set(records.map((record) => record.sipCallId));
  const isSeen = ({ sipCallId, ...call }: WitnessedCall) =>
    sipCallId === null
      ? records.some(
          ({ direction, number, offeredAt }) =>
            direction === call.direction &&
            number === call.number &&
            offeredAt >= call.startedAt &&
            offeredAt <= call.endedAt,
        )
      : callIds.has(sipCallId);
  return calls.filter((call) => !isSeen(call));
}

/**
 * Holds what the log gives after a crash against what was known before.
 * @param liveSince Unix ms: a call offered since then may be up, and open
 */
export function checkRecords(records: readonly CallRecord[], evidence: Evidence, liveSince: number): Finding[] {
  const findings: Finding[] = [];
  const find = (kind: FindingKind, what: string) => findings.push({ kind, what });
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const [id, acknowledged] of evidence.acknowledged) {
    const found = byId.get(id);
    const changes = found ? differences(acknowledged, found) : [];
    if (!found) find('lost', id);
    else if (changes.length > 0) find('changed', `${id}: ${changes.join(', ')}`);
  }
  for (const id of repeated(records.map((record) => record.id))) find('twice', id);
  // One call under two ids would be there twice as well.
  for (const id of repeated(records.map((record) => record.sipCallId))) find('twice', `Call-ID ${id}`);
  for (const { id, endedAt, offeredAt } of records) if (endedAt === null && offeredAt < liveSince) find('open', id);
  for (const { direction, number, sipCallId, startedAt, endedAt } of withoutRecord(evidence.witnessed, records))
    find('unseen', `${direction} ${number} ${sipCallId ?? ''} ${startedAt}–${endedAt}`);
  return findings;
}
