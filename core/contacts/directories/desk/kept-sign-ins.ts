import { OffhookError, toReport } from '#contract/errors.ts';
import type { CommandResult, DirectoryConfig, EventPayload } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { SignIn } from '../sign-in.ts';

const keptMilliseconds = 15 * 60_000;

interface Kept {
  secret: string | null;
  cancel: () => void;
  timer: Disposable;
}

/** Sign-ins that are under way, or whose secret waits for the directory to be added: fifteen minutes at most. */
export class KeptSignIns {
  private readonly options: { signIn: SignIn | null; clock: Clock; newId: () => string };
  private readonly kept = new Map<string, Kept>();
  private readonly signedIn = new Emitter<EventPayload<'directories.signedIn'>>();

  readonly onSignedIn = this.signedIn.event;

  constructor(options: { signIn: SignIn | null; clock: Clock; newId: () => string }) {
    this.options = options;
  }

  async begin(config: DirectoryConfig): Promise<CommandResult<'directories.signIn'>> {
    const { signIn, clock, newId } = this.options;
    if (!signIn) throw new OffhookError('directory.not-here', { detail: 'nobody can sign in here' });
    const { url, userCode, finished, cancel } = await signIn.begin(config);
    const signInId = newId();
    this.kept.set(signInId, { secret: null, cancel, timer: clock.after(keptMilliseconds, () => this.drop(signInId)) });
    finished.then(
      (secret) => this.finish(signInId, secret),
      (error) => this.fail(signInId, error),
    );
    return { signInId, url, userCode };
  }

  /** @throws OffhookError `directory.sign-in-needed` where there is none, or not yet */
  secretOf(signInId: string): string {
    const secret = this.kept.get(signInId)?.secret ?? null;
    if (secret === null) throw new OffhookError('directory.sign-in-needed');
    return secret;
  }

  drop(signInId: string): void {
    const kept = this.kept.get(signInId);
    this.kept.delete(signInId);
    kept?.timer.dispose();
    kept?.cancel();
  }

  dispose(): void {
    for (const id of [...this.kept.keys()]) this.drop(id);
  }

  private finish(signInId: string, secret: string): void {
    const kept = this.kept.get(signInId);
    if (!kept) return;
    kept.secret = secret;
    this.signedIn.fire({ signInId, error: null });
  }

  private fail(signInId: string, error: unknown): void {
    if (!this.kept.has(signInId)) return;
    this.drop(signInId);
    this.signedIn.fire({ signInId, error: toReport(error) });
  }
}
