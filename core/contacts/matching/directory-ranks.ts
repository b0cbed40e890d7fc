import type { TextWriter } from './image-text.ts';
import { WordColumn } from './word-column.ts';

const firstSet = 0x10000;

/** The directories in the user's order, and the sets of them that people and numbers have. */
export class DirectoryRanks {
  readonly columns = { directories: new WordColumn(), directorySets: new WordColumn() };
  private readonly ranks = new Map<string, number>();
  private readonly sets = new Map<string, number>();

  /** @param ids those that are not in the user's order come behind, by their name */
  constructor(given: readonly string[], used: Iterable<string>, text: TextWriter) {
    const others = [...new Set(used)].filter((id) => !given.includes(id)).sort();
    for (const id of [...new Set(given), ...others]) {
      this.ranks.set(id, this.ranks.size);
      this.columns.directories.push(text.share(id));
    }
    if (this.ranks.size >= firstSet) throw new Error('more directories than an image can hold');
  }

  rankOf(id: string): number {
    return this.ranks.get(id)!;
  }

  /** A single directory by its rank; several, or none, by where their list lies behind all ranks. */
  setOf(ids: readonly string[]): number {
    if (ids.length === 1) return this.rankOf(ids[0]!);
    const ranks = [...new Set(ids.map((id) => this.rankOf(id)))].sort((a, b) => a - b);
    if (ranks.length === 1) return ranks[0]!;
    const name = ranks.join();
    const known = this.sets.get(name);
    if (known !== undefined) return known;
    const set = firstSet + this.columns.directorySets.length;
    this.columns.directorySets.push(ranks.length, ...ranks);
    this.sets.set(name, set);
    return set;
  }
}

/** The ranks in a set, ascending. */
export function ranksIn(set: number, directorySets: Uint32Array): readonly number[] {
  if (set < firstSet) return [set];
  const at = set - firstSet;
  return Array.from(directorySets.subarray(at + 1, at + 1 + (directorySets[at] ?? 0)));
}

/** Of the directory that the user put first; behind all others for none. */
export function firstRank(set: number, directorySets: Uint32Array): number {
  if (set < firstSet) return set;
  return directorySets[set - firstSet]! > 0 ? directorySets[set - firstSet + 1]! : firstSet;
}
