import { OffhookError } from '#contract/errors.ts';
import type { CallLeg, ErasurePreview, ErasureReceipt, ErasureSubject } from '#contract/ipc/index.ts';
import type { CallHousekeeping, CallWithOthers, PartyOfCalls } from '#core/call-log/index.ts';
import type { KnownPeople } from '#core/contacts/index.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { HousekeepingStore } from './housekeeping-store.ts';
import type { RecordingShelf } from './recording-shelf.ts';

/** Calls that wait for the disk. */
export interface WaitingCalls {
  forget(chosen: (record: { partyKey: string | null }) => boolean): Promise<number>;
}

export interface ErasureDependencies {
  calls: CallHousekeeping;
  waiting: WaitingCalls;
  shelf: RecordingShelf;
  people: KnownPeople;
  store: HousekeepingStore;
  clock: Clock;
  newId: () => string;
  /** The key of a number as typed; null where it is none. */
  readNumber: (text: string) => string | null;
  /** Keys of those with whom a call is up. */
  partiesUp: () => readonly (string | null)[];
  /** Files in Offhook's folders that are left as they are and may hold the person; the receipt names them. */
  otherFiles: () => Promise<string[]>;
  /** Whether the database is small enough, and the phone idle, to be written anew as a whole. */
  mayCompact: () => Promise<boolean>;
}

interface Person extends PartyOfCalls {
  name: string | null;
}

const callsAtOnce = 10;
const othersAtOnce = 500;
const pauseMilliseconds = 50;
/** More calls than anybody has with one person; recordings are counted among so many. */
const mostCounted = 5000;

function pause(clock: Clock): Promise<void> {
  return new Promise((resolve) => clock.after(pauseMilliseconds, resolve));
}

function mentions(
  { legs, divertedFrom }: CallWithOthers,
  person: Person,
  readNumber: (text: string) => string | null,
): boolean {
  const parties = legs === null ? [] : (JSON.parse(legs) as CallLeg[]);
  const numbers = [...parties.map(({ number }) => number), divertedFrom && readNumber(divertedFrom)];
  const names = [...parties.map(({ name }) => name), divertedFrom];
  const known = (number: string | null) => number !== null && person.partyKeys.includes(number.toLowerCase());
  return numbers.some(known) || (person.name !== null && names.includes(person.name));
}

/** Takes one person out of everything that Offhook keeps. */
export class ErasePerson {
  private readonly dependencies: ErasureDependencies;
  private stopped = false;

  constructor(dependencies: ErasureDependencies) {
    this.dependencies = dependencies;
  }

  /** @throws OffhookError `records.nobody` where nothing of them is kept */
  async preview(whom: ErasureSubject): Promise<ErasurePreview> {
    const { calls, people } = this.dependencies;
    const person = await this.find(whom);
    const { count, bytes } = await this.recordingsOf(person);
    const favourites = people.favourites().filter(({ partyKey }) => person.partyKeys.includes(partyKey)).length;
    const preview = {
      ...(await calls.countOf(person)),
      recordings: count,
      recordingBytes: bytes,
      numbers: person.partyKeys.length,
      names: person.name === null ? 0 : 1,
      favourites,
      name: person.name,
      partyKeys: [...person.partyKeys],
    };
    if (preview.calls + preview.names + preview.favourites === 0) throw new OffhookError('records.nobody');
    return preview;
  }

  /** Resolves when everything is gone but the words in the search index: for these see `clean`. */
  async erase(whom: ErasureSubject, onProgress: (share: number) => void): Promise<ErasureReceipt> {
    const { clock, people, store, newId, otherFiles } = this.dependencies;
    const preview = await this.preview(whom);
    const person = await this.find(whom);
    if (this.dependencies.partiesUp().some((key) => key !== null && person.partyKeys.includes(key)))
      throw new OffhookError('records.call-up');
    const { name: _name, partyKeys: _keys, ...foretold } = preview;
    const waiting = await this.dependencies.waiting.forget(
      ({ partyKey }) => partyKey !== null && person.partyKeys.includes(partyKey),
    );
    const gone = await this.eraseCalls(person, (calls) => onProgress(Math.min(1, calls / Math.max(1, preview.calls))));
    await this.eraseBeside(person);
    for (const key of person.partyKeys) {
      await people.setFavourite({ partyKey: key, number: key, display: key }, false);
      await people.forget(key);
    }
    const sources = person.personId === null ? [] : await people.erase(person.personId);
    const erased = { ...foretold, ...gone, calls: gone.calls + waiting };
    const notReached = [...sources, ...(await otherFiles())];
    const receipt: ErasureReceipt = { id: newId(), at: clock.now(), erased, notReached, state: 'cleaning' };
    await store.putReceipt(receipt);
    return receipt;
  }

  /** Takes what was erased out of the search index and the file's free space, in small steps, and closes the receipts. */
  async clean(): Promise<void> {
    const { calls, clock, store, mayCompact } = this.dependencies;
    const open = (await store.receipts()).filter(({ state }) => state === 'cleaning');
    if (open.length === 0) return;
    while (!(await calls.cleanStep())) {
      await pause(clock);
      if (this.stopped) return;
    }
    await calls.settle({ compact: await mayCompact() });
    for (const receipt of open) await store.putReceipt({ ...receipt, state: 'done' });
  }

  dispose(): void {
    this.stopped = true;
  }

  private async find(whom: ErasureSubject): Promise<Person> {
    const { people } = this.dependencies;
    if ('personId' in whom) return this.personOf(whom.personId, []);
    const key = 'partyKey' in whom ? whom.partyKey : this.dependencies.readNumber(whom.text);
    if (key !== null) {
      const owner = people.personOf(key);
      return owner ? this.personOf(owner.id, [key]) : { partyKeys: [key], personId: null, name: null };
    }
    return this.findByName('text' in whom ? whom.text : '');
  }

  /** Only a name that means one person. */
  private async findByName(text: string): Promise<Person> {
    const { people } = this.dependencies;
    const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const keys = words.length === 0 ? [] : await people.search(words, 50);
    const ids = [...new Set(keys.map((key) => people.personOf(key)?.id))].filter((id) => id !== undefined);
    if (ids.length !== 1) throw new OffhookError('records.nobody');
    return this.personOf(ids[0]!, []);
  }

  private personOf(personId: string, keys: readonly string[]): Person {
    const { people } = this.dependencies;
    const partyKeys = [...new Set([...keys, ...people.keysOf(personId)])];
    return { partyKeys, personId, name: people.person(personId)?.name ?? null };
  }

  private async recordingsOf(person: Person): Promise<{ count: number; bytes: number }> {
    const keys = await this.dependencies.calls.nextOf(person, mostCounted);
    return this.dependencies.shelf.countOf(keys.map(({ callId }) => callId));
  }

  /** The person may stand in calls of others too: transferred to, or diverted from. */
  private async eraseBeside(person: Person): Promise<void> {
    const { calls, clock, readNumber } = this.dependencies;
    for (let after = -Infinity; ;) {
      const found = await calls.nextWithOthers(Math.max(after, Number.MIN_SAFE_INTEGER), othersAtOnce);
      const beside = found.filter((call) => mentions(call, person, readNumber)).map(({ sequence }) => sequence);
      for (let from = 0; from < beside.length; from += callsAtOnce) {
        await calls.forgetOthers(beside.slice(from, from + callsAtOnce));
        await pause(clock);
      }
      if (found.length < othersAtOnce) return;
      after = found.at(-1)!.sequence;
    }
  }

  private async eraseCalls(person: Person, onProgress: (calls: number) => void) {
    const { calls, shelf, clock } = this.dependencies;
    const gone = { calls: 0, recordings: 0, recordingBytes: 0 };
    for (;;) {
      const chosen = await calls.nextOf(person, callsAtOnce);
      if (chosen.length === 0) return gone;
      const { count, bytes } = await shelf.removeOf(chosen.map(({ callId }) => callId));
      await calls.remove(chosen);
      gone.calls += chosen.length;
      gone.recordings += count;
      gone.recordingBytes += bytes;
      onProgress(gone.calls);
      await pause(clock);
    }
  }
}
