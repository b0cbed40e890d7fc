import type {
  ListedPerson,
  MergePin,
  OwnContact,
  PartyMatch,
  PeoplePage,
  PersonDetail,
  RemoteParty,
} from '#contract/ipc/index.ts';
import type { MatchConfidence } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';
import type { EntryTarget } from '../directories/source-entry.ts';

export interface PersonMatch {
  confidence: MatchConfidence;
  person: ListedPerson;
  /** Of the number that matched. */
  label: string;
}

/** A person's photo. */
export interface Photo {
  type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  bytes: Uint8Array;
}

/** Everybody in the directories, merged. What returns no promise is answered from memory in the same turn. */
export interface PeopleDirectory {
  /** Grows with each change of anybody. */
  readonly version: number;
  /** By a party's key or a number in any written form; the best first, the one that the user chose before all. */
  match(number: string): PersonMatch[];
  glance(remote: Pick<RemoteParty, 'number' | 'withheld'>): PartyMatch | null;
  list(query: { text: string; directoryId: string | null; offset: number; limit: number }): Promise<PeoplePage>;
  get(personId: string): Promise<PersonDetail | null>;
  photo(name: string): Promise<Photo | null>;
  choose(partyKey: string, personId: string | null): Promise<void>;
  /** @throws OffhookError `people.unknown`, `people.not-editable` */
  save(handle: string | null, contact: OwnContact): Promise<{ personId: string; handle: string }>;
  own(handle: string): Promise<OwnContact | null>;
  remove(handle: string): Promise<void>;
  merge(personIds: readonly string[]): Promise<{ personId: string }>;
  separate(handle: string): Promise<{ personId: string }>;
  pins(): Promise<MergePin[]>;
  unpin(pinIds: readonly number[]): Promise<void>;
  /** What opens the entry; null where nothing does. */
  target(handle: string): Promise<EntryTarget | null>;
  readonly onChanged: Event<{ version: number; total: number }>;
}
