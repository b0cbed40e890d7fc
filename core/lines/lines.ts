import { OffhookError, toReport } from '#contract/errors.ts';
import type { Account, LineSnapshot } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Logger } from '#core/foundation/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import { passwordName, type AccountStore, type SecretStore } from '#core/settings/index.ts';
import type { SipInvitation, SipUserAgentFactory } from '#core/sip/index.ts';
import { Line } from './line.ts';

export interface LinesDependencies {
  accounts: AccountStore;
  secrets: SecretStore;
  userAgents: SipUserAgentFactory;
  problems: ProblemBoard;
  clock: Clock;
  logger: Logger;
  newId: () => string;
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

  /** The line to dial on when none is named: the default if it is registered, else any registered one, else the default. */
  forDialling(): Line {
    const defaultId = this.defaultId();
    const preferred = defaultId === null ? undefined : this.lines.get(defaultId);
    const all = [...this.lines.values()].filter((line) => line.userAgent !== null);
    const line = preferred?.registered ? preferred : (all.find((each) => each.registered) ?? preferred ?? all[0]);
    if (!line?.userAgent) throw new OffhookError('line.none');
    return line;
  }

  /** Brings up every stored line that is not up yet. A secret that cannot be read leaves its line refused, and says so. */
  async load(): Promise<void> {
    for (const stored of this.dependencies.accounts.list()) {
      if (this.lines.has(stored.id)) continue;
      this.open(stored.id, stored.account, await this.readPassword(stored.id));
    }
    this.announce();
  }

  add(account: Account, password: string, id = this.dependencies.newId()): Promise<string> {
    return this.inOrder(async () => {
      await this.dependencies.secrets.set(passwordName(id), password);
      await this.dependencies.accounts.put(id, account);
      await this.lines.get(id)?.stop();
      this.open(id, account, password);
      this.announce();
      return id;
    });
  }

  update(lineId: string, account: Account, password: string | null): Promise<void> {
    return this.inOrder(async () => {
      const line = this.required(lineId);
      if (password !== null) await this.dependencies.secrets.set(passwordName(lineId), password);
      await this.dependencies.accounts.put(lineId, account);
      await line.stop();
      this.open(lineId, account, password ?? (await this.readPassword(lineId)));
      this.announce();
    });
  }

  remove(lineId: string): Promise<void> {
    return this.inOrder(async () => {
      const line = this.required(lineId);
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
