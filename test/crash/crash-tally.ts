import type { Finding, FindingKind } from './check-records.ts';

/** Progress is told after so many kills. */
const killsOfWord = 50;

/** What one kind of kill has shown. */
export class CrashTally {
  readonly title: string;
  /** For the line of totals, behind the number of kills. */
  readonly phrase: string;
  kills = 0;
  /** Calls whose end the log had acknowledged before a kill. */
  acknowledged = 0;
  /** Calls that another party saw end before a kill. */
  witnessed = 0;
  /** ms before the kill at which calls began that were over before it, and yet had no word on the disk. */
  readonly unwritten: number[] = [];
  /** Times that the whole log was held against what was known. */
  checks = 0;
  readonly findings: Finding[] = [];

  private readonly say: (line: string) => void;

  /** @param say tells of progress and of whatever is found */
  constructor(title: string, phrase: string, say: (line: string) => void) {
    this.title = title;
    this.phrase = phrase;
    this.say = say;
  }

  killed(acknowledged: number): void {
    this.kills += 1;
    this.acknowledged += acknowledged;
    if (this.kills % killsOfWord === 0)
      this.say(`${this.kills} ${this.phrase}, ${this.acknowledged} calls ended before`);
  }

  /** @param where for whoever looks for the cause */
  add(findings: readonly Finding[], where: string): void {
    for (const { kind, what } of findings) {
      // A call that is lost is missing in every later check too.
      if (this.findings.some((known) => known.kind === kind && known.what === what)) continue;
      this.findings.push({ kind, what });
      this.say(`${this.title}: ${kind}: ${what} (${where})`);
    }
  }

  count(...kinds: FindingKind[]): number {
    return this.findings.filter(({ kind }) => kinds.includes(kind)).length;
  }
}
