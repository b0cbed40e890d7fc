import type { AuditEntry, CommandArguments } from '#contract/ipc/index.ts';
import { showLine, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { ProgramStore } from './program-store.ts';

/** ms within which the same again is counted, not listed. */
const joined = 60_000;
/** ms between what happened and its writing, so that many are one transaction. */
const writeAfter = 1000;
/** Different refusals of one program, or of all strangers, a minute; what is beyond them is one entry. */
const mostRefusals = 30;
/** Entries that wait for a disk that takes nothing. */
const mostWaiting = 1000;

export type AuditNote = Pick<AuditEntry, 'programId' | 'programName' | 'action' | 'subject' | 'outcome'>;

/** What programs did and what was refused, for the user to read. Nobody waits for it. */
export class AuditTrail implements Disposable {
  private readonly store: ProgramStore;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private lastId: number;
  private used = false;
  /** By what is the same: entries of the last minute. */
  private readonly recent = new Map<string, AuditEntry>();
  private added: AuditEntry[] = [];
  private readonly counted = new Map<number, number>();
  private planned: Disposable | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(options: { store: ProgramStore; clock: Clock; logger: Logger }) {
    this.store = options.store;
    this.clock = options.clock;
    this.logger = options.logger;
    // Until the store has told its last one: above all that it can have.
    this.lastId = options.clock.now();
  }

  async load(): Promise<void> {
    this.lastId = await this.store.lastAuditId();
    this.used = this.lastId > 0;
    this.recent.clear();
  }

  /** Whether anything is kept of an earlier run. */
  get isUsed(): boolean {
    return this.used;
  }

  /**
   * Words of strangers are hostile: of them a line is kept that shows what it is.
   * @returns whether it is an entry of its own, and not one that is counted
   */
  note(note: AuditNote): boolean {
    this.forgetOld();
    const shown = { ...note, subject: showLine(note.subject, 120) };
    const known = this.recent.get(keyOf(shown));
    if (!known && note.action !== 'others' && this.isFlood(note))
      return this.note({ ...note, action: 'others', subject: '' });
    if (known) this.count(known);
    else this.add(shown);
    this.planned ??= this.clock.after(writeAfter, () => void this.write());
    return !known;
  }

  async list(asked: CommandArguments<'programs.audit'>): Promise<AuditEntry[]> {
    await this.write();
    return await this.store.audit(asked);
  }

  /** Resolves when what was noted is on the disk, or the disk does not take it. */
  write(): Promise<void> {
    this.planned?.dispose();
    this.planned = null;
    this.writing = this.writing.then(() => this.writeNow());
    return this.writing;
  }

  dispose(): void {
    this.planned?.dispose();
    this.planned = null;
  }

  private async writeNow(): Promise<void> {
    const entries = this.added;
    const times = new Map(this.counted);
    if (entries.length === 0 && times.size === 0) return;
    this.added = [];
    this.counted.clear();
    try {
      await this.store.note(entries, times);
    } catch (error) {
      this.logger.warn('what programs did is not kept yet', { error });
      this.added = [...entries, ...this.added].slice(-mostWaiting);
      for (const [id, count] of times) if (!this.counted.has(id)) this.counted.set(id, count);
    }
  }

  /** Whoever is refused may ask as fast as the computer can. */
  private isFlood({ programId, outcome }: AuditNote): boolean {
    if (outcome !== 'refused') return false;
    const isAlike = (entry: AuditEntry) => entry.programId === programId && entry.outcome === 'refused';
    return [...this.recent.values()].filter(isAlike).length >= mostRefusals;
  }

  private add(note: AuditNote): void {
    this.lastId += 1;
    const entry = { id: this.lastId, at: this.clock.now(), ...note, times: 1 };
    this.recent.set(keyOf(note), entry);
    this.added.push(entry);
    if (this.added.length > mostWaiting) this.added.shift();
  }

  private count(entry: AuditEntry): void {
    entry.times += 1;
    if (!this.added.includes(entry)) this.counted.set(entry.id, entry.times);
  }

  private forgetOld(): void {
    const now = this.clock.now();
    for (const [key, entry] of this.recent) if (now - entry.at >= joined || now < entry.at) this.recent.delete(key);
  }
}

function keyOf({ programId, programName, action, subject, outcome }: AuditNote): string {
  return JSON.stringify([programId, programName, action, subject, outcome]);
}
