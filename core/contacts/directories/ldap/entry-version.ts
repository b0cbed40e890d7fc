import { createHash } from 'node:crypto';
import type { RawEntry } from './raw-entry.ts';

/** OpenLDAP's `entryCSN` tells two changes within a second apart; other servers have the time alone. */
export const versionAttributes = ['modifyTimestamp', 'entryCSN'];

/** A state of one entry. */
export interface EntryVersion {
  /** Unix ms, by the server's clock. */
  time: number;
  /** The entry and its state, in 8 characters: enough to tell it from all others. */
  mark: string;
}

const markLength = 8;
/** A server that was filled at one stroke has as many of one age; beyond them the last are put again. */
const mostMarks = 100_000;
/**
 * Ms before the latest change in which something may turn up late: a replica is given the times of its master, and may
 * ask it once a day only.
 */
const overlap = 26 * 60 * 60 * 1000;

const generalizedTime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,](\d+))?(Z|[+-]\d\d(?:\d\d)?)$/;

/** Unix ms of e.g. `20260115090000Z` (RFC 4517, 3.3.13); null for what is no time. */
export function readGeneralizedTime(text: string): number | null {
  const [, year, month, day, hour, minute = '00', second = '00', fraction = '0', zone = 'Z'] =
    generalizedTime.exec(text) ?? [];
  if (year === undefined) return null;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(time) ? null : time + Math.floor(Number(`0.${fraction}`) * 1000);
}

/** In whole seconds, as every server takes it. */
export function writeGeneralizedTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}

/** Null where the server does not tell. */
export function versionOf(entry: RawEntry, key: string): EntryVersion | null {
  const stamp = entry.texts('modifyTimestamp')[0];
  const time = stamp === undefined ? null : readGeneralizedTime(stamp);
  if (stamp === undefined || time === null) return null;
  const state = `${key}\0${entry.texts('entryCSN')[0] ?? stamp}`;
  return { time, mark: createHash('sha256').update(state).digest('base64url').slice(0, markLength) };
}

/** Which of the latest states were taken over. */
export class SeenVersions {
  readonly latest: number;
  private readonly marks: ReadonlySet<string>;

  constructor(latest: number, marks: string) {
    this.latest = latest;
    this.marks = new Set(marks.match(/.{8}/g));
  }

  static of(versions: readonly EntryVersion[]): SeenVersions {
    const latest = versions.reduce((most, version) => Math.max(most, version.time), 0);
    const recent = versions.filter((version) => version.time >= latest - overlap).map((version) => version.mark);
    return new SeenVersions(latest, recent.length > mostMarks ? '' : recent.toSorted().join(''));
  }

  /** Whatever is older than the overlap was. */
  has(version: EntryVersion): boolean {
    return version.time < this.latest - overlap || this.marks.has(version.mark);
  }

  toString(): string {
    return [...this.marks].join('');
  }
}
