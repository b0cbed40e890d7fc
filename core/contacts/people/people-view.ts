import type { ListedPerson, PartyMatch, PersonLink, RemoteParty } from '#contract/ipc/index.ts';
import { noPeopleImage } from '../matching/no-people-image.ts';
import type { ImageMatch, PeopleImage, PersonPlace } from '../matching/people-image.ts';
import { matchKey, type MatchKey } from '../numbers/match-key.ts';
import type { NumberRules } from '../numbers/number-rules.ts';
import { numberOfKey } from './own-contact-row.ts';
import type { PersonMatch } from './people-directory.ts';
import { PeopleOverlay } from './people-overlay.ts';
import { firstNumber, toPersonNumber } from './read-person.ts';

/** Everybody as known at this moment: the newest image, and what was said since it was built. Answers in the same turn. */
export class PeopleView {
  readonly overlay = new PeopleOverlay();
  /** By party key, handles of whom the user chose. */
  readonly choices = new Map<string, string>();
  image: PeopleImage = noPeopleImage;
  private readonly rules: () => NumberRules;

  constructor(rules: () => NumberRules) {
    this.rules = rules;
  }

  personOf(partyKey: string | null): PersonLink | null {
    if (partyKey === null) return null;
    const said = this.overlay.of(partyKey);
    if (said) return said;
    const [first] = this.holders(partyKey);
    return first === undefined ? null : this.linkOf(this.image.listed(first.place));
  }

  /** By any handle of theirs. */
  person(personId: string): PersonLink | null {
    const place = this.image.find(personId);
    const said = this.overlay.person(personId);
    return said ?? (place === null ? null : this.linkOf(this.image.listed(place)));
  }

  /** Numbers that are theirs first of all. */
  keysOf(personId: string): string[] {
    const place = this.image.find(personId);
    const known = place === null ? [] : this.image.numbers(place).map(({ partyKey }) => partyKey);
    for (const [key, handle] of this.choices) if (place !== null && this.image.find(handle) === place) known.push(key);
    const id = this.person(personId)?.id;
    const keys = [...new Set([...known, ...this.overlay.keysOf(personId)])];
    return keys.filter((key) => this.personOf(key)?.id === id);
  }

  /** Who has the very number, and how many others it may be instead. */
  whose(partyKey: string): { id: string; others: number } | null {
    const said = this.overlay.of(partyKey);
    const holders = this.holders(partyKey);
    const [first] = holders;
    if (said && first === undefined) return { id: said.id, others: 0 };
    if (first === undefined) return null;
    // Whom the user chose though another number of theirs only ends alike is one of several.
    const guessed = this.holds(first.place, partyKey) ? 0 : 1;
    return { id: this.image.listed(first.place).id, others: holders.length - 1 + guessed };
  }

  match(number: string): PersonMatch[] {
    const key = matchKey(number, this.rules()) ?? (number === '' ? null : { key: number, confidence: 'weak' as const });
    if (key === null) return [];
    const said = this.overlay.of(key.key);
    const found = this.found(key).map(({ place, confidence, label }): PersonMatch => {
      return { confidence, label, person: this.renamed(this.image.listed(place)) };
    });
    if (!said || found.some(({ person }) => person.id === said.id)) return found;
    const confidence = key.confidence === 'weak' ? 'possible' : key.confidence;
    return [
      { confidence, label: '', person: this.justNamed(said, key.key) },
      ...found.filter(({ person }) => person.id !== said.id),
    ];
  }

  /** Never throws: a call that comes in does not wait for an error to be understood. */
  glance({ number, withheld }: Pick<RemoteParty, 'number' | 'withheld'>): PartyMatch | null {
    if (withheld || number === null || number === '') return null;
    try {
      const [best, ...others] = this.match(number);
      if (!best) return null;
      const { id, name, firm, role, photo } = best.person;
      return {
        confidence: best.confidence,
        person: { id, name, firm, role, photo },
        label: best.label,
        others: others.length,
      };
    } catch {
      // Without a name the call shows its number.
      return null;
    }
  }

  /** With the name that was given since. */
  renamed(person: ListedPerson): ListedPerson {
    const said = this.overlay.person(person.id);
    return said ? { ...person, name: said.name } : person;
  }

  /** Whom the user chose, and those who have the very number. */
  private holders(partyKey: string): ImageMatch[] {
    const { confidence } = numberOfKey(partyKey, this.rules());
    const chosen = this.chosen(partyKey);
    return this.found({ key: partyKey, confidence }).filter(({ place }) => {
      if (place !== chosen && !this.holds(place, partyKey)) return false;
      return this.linkOf(this.image.listed(place)).name !== '';
    });
  }

  private holds(place: PersonPlace, partyKey: string): boolean {
    const gone = this.overlay.of(partyKey) === null;
    const number = this.image.numbers(place).find((own) => own.partyKey === partyKey);
    // What was taken from the user's own contacts may still be a directory's.
    return number !== undefined && !(gone && number.directoryIds.every((id) => id === 'own'));
  }

  private chosen(partyKey: string): PersonPlace | null {
    const handle = this.choices.get(partyKey);
    return handle === undefined ? null : this.image.find(handle);
  }

  private found(key: MatchKey): ImageMatch[] {
    const found = this.image.match(key);
    const chosen = this.chosen(key.key);
    const best = found.find(({ place }) => place === chosen);
    return best ? [best, ...found.filter((match) => match !== best)] : found;
  }

  private linkOf(person: ListedPerson): PersonLink {
    const { id, name, firm } = this.renamed(person);
    return { id, name: name || firm };
  }

  private justNamed({ id, name }: PersonLink, partyKey: string): ListedPerson {
    const number = toPersonNumber({ ...numberOfKey(partyKey, this.rules()), key: partyKey, directoryIds: ['own'] });
    const blank = { firm: '', role: '', department: '', photo: null };
    return { id, name, ...blank, number: firstNumber([number]), numberCount: 1, directoryIds: ['own'] };
  }
}
