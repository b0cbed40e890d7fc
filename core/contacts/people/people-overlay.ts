import type { PersonLink } from '#contract/ipc/index.ts';

interface Naming {
  /** Null: nobody's any more. */
  person: PersonLink | null;
  /** Which change it was, counted from the start of the program. */
  change: number;
}

/** What was said of numbers since the image was built that is in use. Of few: it is looked through. */
export class PeopleOverlay {
  private readonly namings = new Map<string, Naming>();
  /** Grows with each change that an image may contain or not. */
  changes = 0;

  set(partyKey: string, person: PersonLink | null): void {
    this.namings.set(partyKey, { person, change: (this.changes += 1) });
  }

  /** Undefined where nothing was said of the number. */
  of(partyKey: string): PersonLink | null | undefined {
    return this.namings.get(partyKey)?.person;
  }

  person(personId: string): PersonLink | null {
    for (const { person } of [...this.namings.values()].reverse()) if (person?.id === personId) return person;
    return null;
  }

  *keysOf(personId: string): Iterable<string> {
    for (const [partyKey, { person }] of this.namings) if (person?.id === personId) yield partyKey;
  }

  people(): PersonLink[] {
    return [...this.namings.values()].flatMap(({ person }) => person ?? []);
  }

  /** An image is in use that was built when so many changes were on the disk. */
  drop(changes: number): void {
    for (const [partyKey, { change }] of this.namings) if (change <= changes) this.namings.delete(partyKey);
  }

  clear(): void {
    this.namings.clear();
  }
}
