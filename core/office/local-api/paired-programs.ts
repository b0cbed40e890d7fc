import { OffhookError } from '#contract/errors.ts';
import type { PairedProgram } from '#contract/ipc/index.ts';
import type { Scope } from '#contract/local-api/index.ts';
import { Emitter, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ProgramStore, StoredProgram } from './program-store.ts';
import { hashOfToken, isSameHash, newToken } from './secret-token.ts';

export const mostPrograms = 100;
/** ms between two writings of when programs were used last. */
const writeEvery = 60_000;

interface Known {
  stored: StoredProgram;
  caller: ApiCaller;
}

/** The programs that may use the API, known by their tokens: from memory, so that no request waits for the disk. */
export class PairedPrograms implements Disposable {
  private readonly store: ProgramStore;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly known = new Map<string, Known>();
  private readonly changed = new Emitter<void>();
  private readonly revoked = new Emitter<string>();
  private readonly used = new Map<string, number>();
  private writing: Disposable | null = null;

  readonly onChanged = this.changed.event;
  /** Its id: what it has open ends. */
  readonly onRevoked = this.revoked.event;

  constructor(options: { store: ProgramStore; clock: Clock; logger: Logger }) {
    this.store = options.store;
    this.clock = options.clock;
    this.logger = options.logger;
  }

  /** Reads them anew: at the start, or from another database. Whom that one does not know is out. */
  async load(): Promise<void> {
    const programs = await this.store.programs();
    const before = [...this.known.keys()];
    this.known.clear();
    for (const program of programs) this.take(program);
    for (const id of before) if (!this.known.has(id)) this.revoked.fire(id);
    this.changed.fire();
  }

  list(): PairedProgram[] {
    return [...this.known.values()].map(({ stored }) => {
      const { tokenHash: _, ...program } = stored;
      return { ...program, lastUsedAt: this.used.get(program.id) ?? program.lastUsedAt };
    });
  }

  /** Whose token that is. */
  identify(token: string): ApiCaller | null {
    const hash = hashOfToken(token);
    let found: Known | null = null;
    for (const known of this.known.values()) if (isSameHash(known.stored.tokenHash, hash)) found = known;
    if (!found) return null;
    this.used.set(found.stored.id, this.clock.now());
    this.writing ??= this.clock.after(writeEvery, () => void this.write());
    return found.caller;
  }

  /**
   * @returns the program, and its token, which is kept nowhere
   * @throws OffhookError `program.too-many`, `storage.*`
   */
  async add(id: string, name: string, scopes: readonly Scope[]): Promise<{ program: PairedProgram; token: string }> {
    if (this.known.size >= mostPrograms) throw new OffhookError('program.too-many');
    const token = newToken();
    const program = { id, name, scopes: [...scopes], pairedAt: this.clock.now(), lastUsedAt: null };
    const stored = { ...program, tokenHash: hashOfToken(token) };
    await this.store.add(stored);
    this.take(stored);
    this.changed.fire();
    return { program, token };
  }

  /** Out at once, whatever the disk says. @throws OffhookError `program.unknown`, `storage.*` */
  async remove(programId: string): Promise<void> {
    if (!this.known.delete(programId)) throw new OffhookError('program.unknown');
    this.used.delete(programId);
    this.revoked.fire(programId);
    this.changed.fire();
    await this.store.remove(programId);
  }

  nameOf(programId: string): string {
    return this.known.get(programId)?.stored.name ?? '';
  }

  /** Writes when programs were used last. */
  async write(): Promise<void> {
    this.writing?.dispose();
    this.writing = null;
    if (this.used.size === 0) return;
    const used = new Map(this.used);
    for (const [id, at] of used) {
      const known = this.known.get(id);
      if (known) known.stored.lastUsedAt = at;
    }
    this.used.clear();
    await this.store.used(used).catch((error) => this.logger.warn('when programs were used is not kept', { error }));
    this.changed.fire();
  }

  dispose(): void {
    this.writing?.dispose();
    this.writing = null;
  }

  private take(stored: StoredProgram): void {
    const caller = { programId: stored.id, name: stored.name, scopes: new Set(stored.scopes) };
    this.known.set(stored.id, { stored, caller });
  }
}
