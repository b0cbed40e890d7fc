import type { KnownNames } from './known-names.ts';

/** As `MergeEntry`, by its place in the order of handles. */
export interface GroupedEntry {
  name: number;
  directory: number;
}

function union(one: readonly number[], other: readonly number[]): readonly number[] {
  const more = other.filter((item) => !one.includes(item));
  return more.length === 0 ? one : [...one, ...more];
}

/**
 * Entries in groups that grow into persons (union-find). A union that would bring together who must stay apart is
 * refused: two whom the user keeps apart, or two whose names differ.
 */
export class EntryGroups {
  private readonly entries: readonly GroupedEntry[];
  private readonly names: KnownNames;
  private readonly parents: Int32Array;
  /** Of groups, by their first entry, where they hold more than that entry's own. */
  private readonly nameSets = new Map<number, readonly number[]>();
  private readonly directorySets = new Map<number, readonly number[]>();
  private readonly apart = new Map<number, readonly number[]>();
  /** Groups that hold different names by the user's word. */
  private readonly mixed = new Set<number>();

  constructor(entries: readonly GroupedEntry[], names: KnownNames, apart: Iterable<readonly [number, number]>) {
    this.entries = entries;
    this.names = names;
    this.parents = Int32Array.from(entries, (_entry, index) => index);
    for (const [one, other] of apart) {
      this.apart.set(one, union(this.apart.get(one) ?? [], [other]));
      this.apart.set(other, union(this.apart.get(other) ?? [], [one]));
    }
  }

  /** The first entry of the group. */
  find(entry: number): number {
    const { parents } = this;
    let root = entry;
    while (parents[root] !== root) root = parents[root]!;
    for (let at = entry; at !== root;) {
      const next = parents[at]!;
      parents[at] = root;
      at = next;
    }
    return root;
  }

  /** By the user's word: whatever the names. False where another word is against it. */
  pin(one: number, other: number): boolean {
    const [a, b] = [this.find(one), this.find(other)];
    if (a === b) return true;
    if (this.isApart(a, b)) return false;
    const differ = this.namesDiffer(a, b);
    const root = this.unite(a, b);
    if (differ) this.mixed.add(root);
    return true;
  }

  /** By a rule. False where something is against it. */
  join(one: number, other: number): boolean {
    const [a, b] = [this.find(one), this.find(other)];
    if (a === b) return true;
    if (this.isApart(a, b)) return false;
    if (!this.mixed.has(a) && !this.mixed.has(b) && this.namesDiffer(a, b)) return false;
    this.unite(a, b);
    return true;
  }

  /** Whether both have an entry of the same directory. */
  shareDirectory(one: number, other: number): boolean {
    const others = this.directoriesOf(this.find(other));
    return this.directoriesOf(this.find(one)).some((directory) => others.includes(directory));
  }

  directoriesOf(root: number): readonly number[] {
    return this.directorySets.get(root) ?? [this.entries[root]!.directory];
  }

  private namesOf(root: number): readonly number[] {
    return this.nameSets.get(root) ?? [this.entries[root]!.name];
  }

  private isApart(a: number, b: number): boolean {
    return this.apart.size > 0 && (this.apart.get(a) ?? []).some((entry) => this.find(entry) === b);
  }

  private namesDiffer(a: number, b: number): boolean {
    const others = this.namesOf(b);
    return this.namesOf(a).some((name) => others.some((other) => this.names.relation(name, other) === 'differ'));
  }

  private unite(a: number, b: number): number {
    const [root, gone] = a < b ? [a, b] : [b, a];
    const keep = (sets: Map<number, readonly number[]>, joined: readonly number[]) => {
      if (joined.length > 1) sets.set(root, joined);
      sets.delete(gone);
    };
    keep(this.nameSets, union(this.namesOf(root), this.namesOf(gone)));
    keep(this.directorySets, union(this.directoriesOf(root), this.directoriesOf(gone)));
    const apart = union(this.apart.get(root) ?? [], this.apart.get(gone) ?? []);
    if (apart.length > 0) this.apart.set(root, apart);
    if (this.mixed.delete(gone)) this.mixed.add(root);
    this.parents[gone] = root;
    return root;
  }
}
