import { OffhookError, toReport } from '#contract/errors.ts';
import type { Account, LineSnapshot } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Logger } from '#core/foundation/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import { passwordName, type AccountStore, type SecretStore } from '#core/settings/index.ts';
import type { SipInvitation, SipUserAgentFactory } from '#core/sip/index.ts';
import { chooseEmergencyLines, chooseLine, DEMO_LINE_ID } from './choose-line.ts';
import { Line } from './line.ts';

export interface LinesDependencies {
  accounts: AccountStore;
  secrets: SecretStore;
  userAgents: SipUserAgentFactory;
  problems: ProblemBoard;
  clock: Clock;
  logger: Logger;
  newId: () => string;
  /** A call is up on that line. */
  hasCalls: (lineId: string) => boolean;
}

/** All lines of this phone: several accounts at once, one of them the default for dialling. */
export class Lines {
  private readonly dependencies: LinesDependencies;
  private readonly lines = new Map<string, Line>();
  private readonly changed = new Emitter<LineSnapshot[]>();
  private readonly invited = new Emitter<{ line: Line; invitation: SipInvitation }>();
  /** Changes of accounts run one after another, so that two windows cannot interleave them. */
  private queue: Promise<unknown> = Promise.resolve();
  private stopped = false;

  readonly onChanged = this.changed.event;
  readonly onInvitation = this.invited.event;

  constructor(dependencies: LinesDependencies) {
    this.dependencies = dependencies;
  }

  snapshots(): LineSnapshot[] {
    return [...this.lines.values()].map((line) => line.snapshot(line.id === this.defaultId()));
  }

  find(lineId: string): Line | undefined {
    return this.lines.get(lineId);
  }

  /** @throws OffhookError `line.none` */
  forDialling(): Line {
    return chooseLine([...this.lines.values()], this.defaultId());
  }

  /** Best first; see `chooseEmergencyLines`. @throws OffhookError `line.none` */
  forEmergency(namedId: string | null): Line[] {
    return chooseEmergencyLines([...this.lines.values()], this.defaultId(), namedId);
  }

  /** Brings up every stored line that is not up yet. A secret that cannot be read leaves its line refused, and says so. */
  async load(): Promise<void> {
    for (const stored of this.dependencies.accounts.list()) {
      if (this.lines.has(stored.id)) continue;
      this.open(stored.id, stored.account, await this.readPassword(stored.id));
    }
    this.announce();
  }

  /** The line works at once, even where the disk does not take it: the rejection then says `settings.not-saved`. */
  add(account: Account, password: string, id = this.dependencies.newId()): Promise<string> {
    return this.inOrder(async () => {
      this.mustBeIdle(id);
      await this.lines.get(id)?.stop();
      this.open(id, account, password);
      const { accounts, secrets } = this.dependencies;
      const saved = await Promise.allSettled([accounts.put(id, account), secrets.set(passwordName(id), password)]);
      // Whoever adds a line of their own wants to dial on it, not on the exchange that came with the program.
      if (id !== DEMO_LINE_ID && this.defaultId() === DEMO_LINE_ID) saved.push(...(await Promise.allSettled([accounts.setDefault(id)])));
      this.announce();
      for (const each of saved) if (each.status === 'rejected') throw each.reason;
      return id;
    });
  }

  /** @throws OffhookError `line.in-use` when it would cut a call off */
  update(lineId: string, account: Account, password: string | null): Promise<void> {
    return this.inOrder(async () => {
      const line = this.required(lineId);
      this.mustBeIdle(lineId);
      if (password !== null) await this.dependencies.secrets.set(passwordName(lineId), password);
      await this.dependencies.accounts.put(lineId, account);
      await line.stop();
      this.open(lineId, account, password ?? (await this.readPassword(lineId)));
      this.announce();
    });
  }

  /** @throws OffhookError `line.in-use` when it would cut a call off */
  remove(lineId: string): Promise<void> {
    return this.inOrder(async () => {
      const line = this.required(lineId);
      this.mustBeIdle(lineId);
      await this.dependencies.accounts.remove(lineId);
      await this.dependencies.secrets.delete(passwordName(lineId));
      this.lines.delete(lineId);
      this.announce();
      await line.stop();
    });
  }

  setDefault(lineId: string): Promise<void> {
    return this.inOrder(async () => {
      this.required(lineId);
      await this.dependencies.accounts.setDefault(lineId);
      this.announce();
    });
  }

  reconnect(lineId: string): void {
    this.required(lineId).userAgent?.reconnect();
  }

  /** Un-REGISTERs all lines at once; at most 2 s. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.lines.values()].map((line) => line.stop()));
    this.lines.clear();
  }

  private defaultId(): string | null {
    return this.dependencies.accounts.list().find((stored) => stored.isDefault)?.id ?? null;
  }

  private mustBeIdle(lineId: string): void {
    const line = this.lines.get(lineId);
    if (line && this.dependencies.hasCalls(lineId)) throw new OffhookError('line.in-use', { values: { line: line.label } });
  }

  private required(lineId: string): Line {
    const line = this.lines.get(lineId);
    if (!line) throw new OffhookError('line.unknown');
    return line;
  }

  private open(id: string, account: Account, password: string | null): void {
    if (this.stopped) return;
    const line = new Line(id, account, password, this.dependencies.userAgents, this.dependencies.clock);
    line.onChanged(() => this.announce());
    line.onInvitation((invitation) => this.invited.fire({ line, invitation }));
    this.lines.set(id, line);
    line.start();
  }

  private async readPassword(lineId: string): Promise<string | null> {
    const problemId = `secrets.${lineId}`;
    try {
      const password = await this.dependencies.secrets.get(passwordName(lineId));
      this.dependencies.problems.clear(problemId);
      return password;
    } catch (error) {
      this.dependencies.logger.error('the password of a line could not be read', { lineId, error });
      this.dependencies.problems.raise(problemId, toReport(error));
      return null;
    }
  }

  private announce(): void {
    this.changed.fire(this.snapshots());
  }

  private inOrder<T>(run: () => Promise<T>): Promise<T> {
    const result = this.queue.then(run);
    this.queue = result.catch((error) => this.dependencies.logger.warn('a change of lines failed', { error }));
    return result;
  }
}
