import type { AuditEntry, CommandArguments } from '#contract/ipc/index.ts';
import { mostAuditEntries, type ProgramStore, type StoredProgram } from './program-store.ts';

/** Programs that are forgotten with the process; a test may make it fail. */
export class MemoryProgramStore implements ProgramStore {
  private readonly kept = new Map<string, StoredProgram>();
  private entries: AuditEntry[] = [];
  /** Set to make every operation fail with it. */
  failure: Error | null = null;

  async programs(): Promise<StoredProgram[]> {
    this.check();
    return structuredClone([...this.kept.values()]);
  }

  async add(program: StoredProgram): Promise<void> {
    this.check();
    this.kept.set(program.id, structuredClone(program));
  }

  async remove(programId: string): Promise<void> {
    this.check();
    this.kept.delete(programId);
  }

  async used(lastUsed: ReadonlyMap<string, number>): Promise<void> {
    this.check();
    for (const [id, at] of lastUsed) {
      const program = this.kept.get(id);
      if (program) program.lastUsedAt = at;
    }
  }

  async note(entries: readonly AuditEntry[], times: ReadonlyMap<number, number>): Promise<void> {
    this.check();
    this.entries.push(...structuredClone([...entries]));
    for (const entry of this.entries) entry.times = times.get(entry.id) ?? entry.times;
    this.entries = this.entries.slice(-mostAuditEntries);
  }

  async audit({ before, limit, programId }: CommandArguments<'programs.audit'>): Promise<AuditEntry[]> {
    this.check();
    const fits = (entry: AuditEntry) =>
      (before === null || entry.id < before) && (programId === null || entry.programId === programId);
    return structuredClone(this.entries.filter(fits).reverse().slice(0, limit));
  }

  async lastAuditId(): Promise<number> {
    this.check();
    return this.entries.at(-1)?.id ?? 0;
  }

  private check(): void {
    if (this.failure) throw this.failure;
  }
}
