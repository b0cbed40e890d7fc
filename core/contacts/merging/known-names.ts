import { compareNames, type NameRelation } from './compare-names.ts';
import { foldWord } from './fold-word.ts';
import type { MergeEntry } from './merge-entry.ts';
import { firmKey, isProprietor, readFirm, readName, type ComparedName } from './read-name.ts';

/** The names of many entries, each read once, by small numbers. */
export class KnownNames {
  readonly names: ComparedName[] = [];
  private readonly byText = new Map<string, number>();
  private readonly persons = new Map<string, number>();
  private readonly firms = new Map<string, number>();
  private readonly firmKeys = new Map<string, string>();
  private readonly folded = new Map<string, string>();

  /** An entry without a name goes by its firm; one whose name is its firm is the firm's. */
  of({ name, firm }: MergeEntry): number {
    let number = this.byText.get(name);
    if (number === undefined) this.byText.set(name, (number = this.intern(readName(name, this.fold))));
    const { kind, key } = this.names[number]!;
    if (firm === '' || kind === 'firm') return number;
    const isFirm = kind === 'none' || (key === this.firm(firm) && !isProprietor(firm));
    return isFirm ? this.intern(readFirm(firm, this.fold)) : number;
  }

  /** As `firmKey`. */
  firm(firm: string): string {
    let key = this.firmKeys.get(firm);
    if (key === undefined) this.firmKeys.set(firm, (key = firmKey(firm, this.fold)));
    return key;
  }

  relation(one: number, other: number): NameRelation {
    return one === other ? 'same' : compareNames(this.names[one]!, this.names[other]!);
  }

  private readonly fold = (word: string): string => {
    let folded = this.folded.get(word);
    if (folded === undefined) this.folded.set(word, (folded = foldWord(word)));
    return folded;
  };

  private intern(name: ComparedName): number {
    const known = name.kind === 'firm' ? this.firms : this.persons;
    let number = known.get(name.key);
    if (number === undefined) known.set(name.key, (number = this.names.push(name) - 1));
    return number;
  }
}
