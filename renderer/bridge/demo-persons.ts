import { OffhookError } from '#contract/errors.ts';
import type {
  CallRecord,
  CommandInput,
  ListedPerson,
  LoggedCall,
  MatchConfidence,
  PartyCard,
  PersonDetail,
} from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';
import { madeIn, mergedOf, ownPerson, partsOf } from './demo-merging.ts';

const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const cyrillic = 'йцукенгшщзхъфывапролджэячсмитьбю';
const swapped = (text: string) => [...text].map((letter) => cyrillic[latin.indexOf(letter)] ?? letter).join('');

function wordsOf(person: ListedPerson | PersonDetail): string {
  const more =
    'notes' in person ? [...person.notes.map(({ text }) => text), ...person.numbers.map(({ dial }) => dial)] : [];
  const fields = [person.name, person.firm, person.role, person.department, person.number?.dial ?? '', ...more];
  return fields.join(' ').toLocaleLowerCase('ru').replaceAll('ё', 'е');
}

function answersTo(person: ListedPerson, text: string): boolean {
  const words = wordsOf(person);
  const asked = text.toLocaleLowerCase('ru').replaceAll('ё', 'е');
  const digits = /\p{L}/u.test(asked) ? '' : asked.replace(/\D/g, '').replace(/^8(?=\d{3})/, '');
  if (digits) return words.replace(/[^\d\s]/g, '').includes(digits);
  return [asked, swapped(asked)].some((one) => one.split(/\s+/).every((word) => words.includes(word)));
}

const unlisted = ['numbers', 'emails', 'links', 'notes', 'entries', 'reasons', 'pins'] as const;

/** People of the agent in memory: near enough to the real ones for tests of the window and for its gallery. */
export class DemoPersons {
  private readonly bridge: DemoBridge;
  /** What there was before each of the user's words. */
  private readonly before = new Map<number, PersonDetail[]>();
  private readonly chosen = new Map<string, string>();
  private version = 1;
  private lastPin = 100;

  constructor(bridge: DemoBridge) {
    this.bridge = bridge;
    bridge.answer('people.list', (args) => this.list(args));
    bridge.answer('people.get', ({ personId }) => structuredClone(this.find(personId)));
    bridge.answer('people.photo', ({ photo }) => {
      const data = this.state.photos[photo];
      return data ? { type: 'image/png', data } : null;
    });
    bridge.answer('people.card', (asked) => this.card(asked));
    bridge.answer('people.choose', ({ partyKey, personId }) => {
      if (personId === null) this.chosen.delete(partyKey);
      else this.chosen.set(partyKey, personId);
      return this.changed();
    });
    bridge.answer('people.own', ({ handle }) => structuredClone(this.state.ownContacts[handle] ?? null));
    bridge.answer('people.save', (args) => this.save(args));
    bridge.answer('people.createIn', ({ directoryId, contact }) => this.createIn(directoryId, contact));
    bridge.answer('people.remove', ({ handle }) => {
      this.state.people = this.state.people.filter(({ entries }) => !entries.some((entry) => entry.handle === handle));
      return this.changed();
    });
    bridge.answer('people.merge', ({ personIds }) => this.merge(personIds));
    bridge.answer('people.separate', ({ handle }) => this.separate(handle));
    bridge.answer('people.pins', () => structuredClone(this.state.people.flatMap(({ pins }) => pins)));
    bridge.answer('people.unpin', ({ pinIds }) => {
      this.state.people = this.before.get(pinIds[0] ?? 0) ?? this.withoutPins(pinIds);
      return this.changed();
    });
    bridge.answer('people.open', ({ handle }) => {
      if (handle.startsWith('onec')) return { url: 'https://1c.example/card' };
      if (handle.startsWith('ldap')) throw new OffhookError('people.cannot-open');
      return { opened: true };
    });
  }

  private get state() {
    return this.bridge.state;
  }

  private changed(): Record<string, never> {
    this.version += 1;
    this.bridge.emit('people.changed', {
      version: this.version,
      total: this.state.people.length + this.state.crowd.length,
    });
    return {};
  }

  private find(personId: string): PersonDetail | null {
    const { people, crowd } = this.state;
    const known = people.find(
      ({ id, entries }) => id === personId || entries.some(({ handle }) => handle === personId),
    );
    const listed = known ? null : crowd.find(({ id }) => id === personId);
    return known ?? (listed ? detailOf(listed) : null);
  }

  private list({ text = '', directoryId = null, offset, limit }: CommandInput<'people.list'>) {
    const found = this.found(text.trim(), directoryId);
    const rows = found.slice(offset, offset + limit).map((person): ListedPerson => {
      const row: Partial<PersonDetail> = { ...person };
      for (const key of unlisted) delete row[key];
      return row as ListedPerson;
    });
    return { total: found.length, rows: structuredClone(rows), version: this.version };
  }

  private found(text: string, directoryId: string | null): readonly ListedPerson[] {
    const { people, crowd } = this.state;
    const known = people.toSorted((one, other) => one.name.localeCompare(other.name, 'ru'));
    const all: readonly ListedPerson[] = [...known, ...crowd];
    if (text === '' && directoryId === null) return all;
    return all.filter(
      (person) =>
        (directoryId === null || person.directoryIds.includes(directoryId)) && (text === '' || answersTo(person, text)),
    );
  }

  private card(asked: CommandInput<'people.card'>): PartyCard {
    const number = 'number' in asked ? asked.number.replace(/[^\d+,]/g, '') : null;
    const partyKey = 'partyKey' in asked ? asked.partyKey : number;
    const chosen = this.chosen.get(partyKey ?? '');
    const people =
      'personId' in asked ? [this.find(asked.personId)].flatMap((one) => one ?? []) : this.withNumber(partyKey);
    const first = people.toSorted((one, other) => Number(other.id === chosen) - Number(one.id === chosen));
    const keys = new Set([...(partyKey ? [partyKey] : []), ...('personId' in asked ? people.flatMap(keysOf) : [])]);
    const calls = this.callsWith(keys, 'personId' in asked ? asked.personId : null);
    const confidence: MatchConfidence = 'certain';
    return structuredClone({
      partyKey: partyKey || null,
      matches: first.map((person) => ({ confidence, person })),
      calls: calls.slice(0, 5),
      followUps: calls.filter(({ annotation }) => annotation?.followUpAt && annotation.followUpDoneAt === null),
      pages: this.state.session.settings.pageAddress
        ? [
            {
              label: this.state.session.settings.pageLabel,
              url: `https://crm.example/?tel=${encodeURIComponent(partyKey ?? '')}`,
            },
          ]
        : [],
    });
  }

  private withNumber(key: string | null): PersonDetail[] {
    return key ? this.state.people.filter(({ numbers }) => numbers.some(({ partyKey }) => partyKey === key)) : [];
  }

  private callsWith(keys: ReadonlySet<string>, personId: string | null): LoggedCall[] {
    const logged = (record: CallRecord): LoggedCall => {
      const missed = record.disposition === 'missed' ? { handledAt: null, handledBy: null } : null;
      return { record, annotation: null, person: null, missed, hasRecording: false, ...this.state.added[record.id] };
    };
    return this.state.records.map(logged).filter(({ record, annotation }) => {
      if (annotation?.personId) return annotation.personId === personId;
      return record.partyKey !== null && keys.has(record.partyKey);
    });
  }

  private save({ handle, contact }: CommandInput<'people.save'>) {
    const id = handle ?? `own-${Object.keys(this.state.ownContacts).length + 1}-${contact.name}`;
    const filled = { firm: '', role: '', department: '', emails: [], links: [], note: '', ...contact };
    this.state.ownContacts[id] = filled;
    const others = this.state.people.filter(({ entries }) => !entries.some((entry) => entry.handle === id));
    const saved = ownPerson(id, filled);
    const keys = new Set(keysOf(saved));
    const same = others.find((person) => person.numbers.some(({ partyKey }) => keys.has(partyKey)));
    this.state.people = same ? others.map((one) => (one === same ? mergedOf([one, saved]) : one)) : [...others, saved];
    this.changed();
    return { personId: same?.id ?? saved.id, handle: id };
  }

  /** As if the directory had been read again at once. */
  private createIn(directoryId: string, contact: CommandInput<'people.createIn'>['contact']) {
    const directory = this.state.directories.find(({ id }) => id === directoryId);
    if (!directory) throw new OffhookError('directory.unknown');
    if (directory.kind !== 'outlook' && directory.kind !== 'graph') throw new OffhookError('people.not-editable');
    this.state.people = [...this.state.people, madeIn(directory, contact)];
    this.changed();
    return { opened: false };
  }

  private merge(personIds: readonly string[]) {
    const people = personIds.flatMap((id) => this.find(id) ?? []);
    const [first, second] = people;
    if (!first || !second) throw new OffhookError('people.unknown');
    const pin = {
      id: ++this.lastPin,
      kind: 'together' as const,
      handles: [first.id, second.id] as [string, string],
      names: [first.name, second.name] as [string, string],
    };
    this.before.set(pin.id, this.state.people);
    const merged = mergedOf(people, pin);
    this.state.people = [merged, ...this.state.people.filter((person) => !people.includes(person))];
    this.changed();
    return { personId: merged.id };
  }

  private separate(handle: string) {
    const person = this.find(handle);
    if (!person) throw new OffhookError('people.unknown');
    const id = ++this.lastPin;
    this.before.set(id, this.state.people);
    const parts = partsOf(person, handle, id);
    this.state.people = this.state.people.flatMap((one) => (one === person ? parts : [one]));
    this.changed();
    return { personId: parts[1]!.id };
  }

  private withoutPins(pinIds: readonly number[]): PersonDetail[] {
    return this.state.people.map((person) => ({
      ...person,
      pins: person.pins.filter(({ id }) => !pinIds.includes(id)),
    }));
  }
}

/** All that there is to know of somebody of the crowd. */
function detailOf(person: ListedPerson): PersonDetail {
  const { number, directoryIds } = person;
  const numbers = number ? [{ ...number, label: 'work', directoryIds }] : [];
  return { ...person, numbers, emails: [], links: [], notes: [], entries: [], reasons: [], pins: [] };
}

function keysOf({ numbers }: PersonDetail): string[] {
  return numbers.map(({ partyKey }) => partyKey);
}
