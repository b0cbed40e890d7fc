import { compareNames, type NameRelation } from './compare-names.ts';
import type { MergeEntry } from './merge-entry.ts';
import { firmKey, isProprietor, readFirm, readName, type ComparedName } from './read-name.ts';

/** The names of many entries, each read once, by small numbers. */
export class KnownNames {
  readonly names: ComparedName[] = [];
  private readonly byKey = new Map<string, number>();
  private readonly byText = new Map<string, number>();
  private readonly firms = new Map<string, string>();

  /** An entry without a name goes by its firm; one whose name is its firm is the firm's. */
  of({ name, firm }: MergeEntry): number {
    const text = `${name}\0${firm}`;
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const number = this.intern(this.read(name, firm));
    this.byText.set(text, number);
    return number;
  }

  /** As `firmKey`. */
  firm(firm: string): string {
    if (firm === '') return '';
    let key = this.firms.get(firm);
    if (key === undefined) this.firms.set(firm, (key = firmKey(firm)));
    return key;
  }

  relation(one: number, other: number): NameRelation {
    return one === other ? 'same' : compareNames(this.names[one]!, this.names[other]!);
  }

  private read(name: string, firm: string): ComparedName {
    const read = readName(name);
    if (read.kind === 'none') return readFirm(firm);
    return read.kind === 'person' && read.key === this.firm(firm) && !isProprietor(firm) ? readFirm(firm) : read;
  }

  private intern(name: ComparedName): number {
    const key = `${name.kind} ${name.key} ${name.patronymic ?? ''}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    this.byKey.set(key, this.names.length);
    return this.names.push(name) - 1;
  }
}
