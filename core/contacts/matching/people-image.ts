import type { ListedPerson, MatchConfidence, PersonNumber } from '#contract/ipc/index.ts';
import type { MatchKey } from '../numbers/match-key.ts';

/** Place of a person in an image, from 0. */
export type PersonPlace = number;

export interface ImageMatch {
  place: PersonPlace;
  confidence: MatchConfidence;
  /** Of the number that matched. */
  label: string;
}

/**
 * Everybody, as built at one moment: never changes, is replaced as a whole. Lies in shared memory; each question is
 * answered in the same turn, without a disk, a network or another thread.
 */
export interface PeopleImage {
  readonly version: number;
  readonly total: number;
  /**
   * Whose the number may be, the surest first; of equals first whose directory the user put first. Compares whole
   * numbers, then their last ten digits, then their last seven. At most 20.
   */
  match(key: MatchKey): ImageMatch[];
  /** The person that has this entry (or is named by it); null for nobody. */
  find(handle: string): PersonPlace | null;
  listed(place: PersonPlace): ListedPerson;
  numbers(place: PersonPlace): PersonNumber[];
  /** By name, a stretch of all or of one directory's. */
  list(offset: number, limit: number, directoryId: string | null): { total: number; places: PersonPlace[] };
}
