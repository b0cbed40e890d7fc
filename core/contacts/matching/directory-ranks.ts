import type { TextWriter } from './image-text.ts';
import { WordColumn } from './word-column.ts';

const firstSet = 0x10000;

/** The directories in the user's order, and the sets of them that people and numbers have. */
export class DirectoryRanks {
  readonly columns = { directories: new WordColumn(), directorySets: new WordColumn() };
  private readonly ranks = new Map<string, number>();
  private readonly sets = new Map<string, number>();
  private readonly text: TextWriter;
  /** Most people come from the directory of the one before. */
  private last: { id: string | null; rank: number } = { id: null, rank: -1 };

  /** @param given the user's order; a directory that is not in it comes behind, when it is met */
  constructor(given: readonly string[], text: TextWriter) {
    this.text = text;
    for (const id of given) this.rankOf(id);
  }

  rankOf(id: string): number {
    if (id === this.last.id) return this.last.rank;
    let rank = this.ranks.get(id);
    if (rank === undefined) {
      rank = this.ranks.size;
      if (rank === firstSet) throw new Error('these are more directories than an image can hold');
      this.ranks.set(id, rank);
      this.columns.directories.push(this.text.share(id));
    }
    this.last = { id, rank };
    return rank;
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
    for (const word of [ranks.length, ...ranks]) this.columns.directorySets.push(word);
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
