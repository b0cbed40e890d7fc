import { toReport, type ErrorReport } from '#contract/errors.ts';
import type { LocalApiStatus } from '#contract/ipc/index.ts';
import type { Scope } from '#contract/local-api/index.ts';
import { Emitter, type Clock, type Logger } from '#core/foundation/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { DialDesk } from '../links/index.ts';
import { originIdOf } from './api-caller.ts';
import { loopbackNames } from './api-guard.ts';
import type { ApiServer } from './api-server.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { EventHub } from './event-hub.ts';
import type { LocalApi, LocalApiAccess } from './local-api.ts';
import { listenOnLoopback, type LoopbackListener } from './loopback-listener.ts';
import type { PairedPrograms } from './paired-programs.ts';
import type { PairingDesk } from './pairing-desk.ts';
import type { SecurePort } from './secure-port.ts';
import type { LocalCertificates } from './certificate/local-certificates.ts';

export interface ServedLocalApiOptions {
  server: ApiServer;
  hub: EventHub;
  programs: PairedPrograms;
  pairing: PairingDesk;
  audit: AuditTrail;
  settings: Pick<SettingsStore, 'values' | 'onChanged'>;
  problems: ProblemBoard;
  secure: SecurePort;
  certificates: LocalCertificates;
  dialDesk: Pick<DialDesk, 'distrust'>;
  /** Of this run, for Offhook's own programs. */
  secret: string;
  /** In the place of the setting; null where nobody forces one. */
  forcedPort: number | null;
  clock: Clock;
  logger: Logger;
}

const problemId = 'local-api';

/** The API as the settings want it: listens, moves to another port, or is there for Offhook's own programs alone. */
export class ServedLocalApi implements LocalApi {
  private readonly options: ServedLocalApiOptions;
  private readonly accessed = new Emitter<LocalApiAccess | null>();
  private readonly statusChanged = new Emitter<LocalApiStatus>();
  private readonly programsChanged = new Emitter<ReturnType<ServedLocalApi['programsNow']>>();
  private readonly cardShown = new Emitter<{ number: string | null; personId: string | null }>();
  private unread: Set<{ load(): Promise<void> }>;
  private listener: LoopbackListener | null = null;
  private problem: ErrorReport | null = null;
  /** What it listens by now: the port that was wanted, null for not at all. */
  private wanted: number | null = null;
  private running = false;
  private stops = 0;
  private wasOn = true;
  private turn: Promise<void> = Promise.resolve();

  readonly onAccess = this.accessed.event;
  readonly onStatus = this.statusChanged.event;
  readonly onPrograms = this.programsChanged.event;
  readonly onShowCard = this.cardShown.event;

  constructor(options: ServedLocalApiOptions) {
    this.options = options;
    const { programs, pairing, settings } = options;
    this.unread = this.all();
    programs.onChanged(() => this.programsChanged.fire(this.programsNow()));
    pairing.onChanged(() => this.programsChanged.fire(this.programsNow()));
    programs.onRevoked((programId) => this.forget(programId));
    settings.onChanged(() => void this.follow());
  }

  /** Resolves when it listens, or the problem is told. */
  async start(): Promise<void> {
    const { programs, audit, server, logger } = this.options;
    const { stops } = this;
    // Whom it cannot read it does not let in; Offhook's own programs need no disk.
    await this.load().catch((error: unknown) => logger.warn('programs are not read', { error }));
    // It may have been stopped while the disk was slow.
    if (stops !== this.stops) return;
    this.running = true;
    await this.follow();
    // Whoever asked before will ask again, and then a call may be up.
    if (this.listener && (audit.isUsed || programs.list().length > 0))
      void server.prepare().catch((error: unknown) => logger.error('the local API is not ready', { error }));
  }

  /**
   * Reads what it has not read since it was started, and nothing else: nobody who was revoked meanwhile comes back.
   * Rejects with what the disk says.
   */
  async load(): Promise<void> {
    const loaded = await Promise.allSettled(
      [...this.unread].map(async (part) => {
        await part.load();
        this.unread.delete(part);
      }),
    );
    for (const each of loaded) if (each.status === 'rejected') throw each.reason;
  }

  /** The database is another than before. */
  async reload(): Promise<void> {
    await this.options.audit.load();
    await this.options.programs.load();
  }

  async stop(): Promise<void> {
    this.stops += 1;
    this.unread = this.all();
    this.running = false;
    await this.follow();
    const { pairing, programs, audit, server } = this.options;
    pairing.dispose();
    await server.close();
    await Promise.all([programs.write(), audit.write()]);
  }

  private all(): Set<{ load(): Promise<void> }> {
    const { programs, audit, certificates } = this.options;
    return new Set([programs, audit, certificates]);
  }

  private get isOn(): boolean {
    return this.options.settings.values.localApi === 'on';
  }

  get access(): LocalApiAccess | null {
    return (
      this.listener && { port: this.listener.port, securePort: this.options.secure.port, secret: this.options.secret }
    );
  }

  status(): LocalApiStatus {
    return {
      enabled: this.isOn,
      port: this.isOn ? (this.listener?.port ?? null) : null,
      securePort: this.options.secure.port,
      problem: this.problem,
      ...this.options.certificates.status,
    };
  }

  programs() {
    return this.options.programs.list();
  }

  requests() {
    return this.options.pairing.requests();
  }

  async approve(requestId: string, scopes: readonly Scope[]) {
    const program = await this.options.pairing.approve(requestId, scopes);
    const { id: programId, name: programName } = program;
    this.options.audit.note({
      programId,
      programName,
      action: 'paired',
      subject: program.scopes.join(' '),
      outcome: 'done',
    });
    return program;
  }

  refuse(requestId: string): void {
    const request = this.options.pairing.refuse(requestId);
    if (!request) return;
    this.options.audit.note({
      programId: null,
      programName: request.name,
      action: 'pairing.begin',
      subject: '',
      outcome: 'refused',
    });
  }

  async revoke(programId: string): Promise<void> {
    const programName = this.options.programs.nameOf(programId);
    const removed = this.options.programs.remove(programId);
    this.options.audit.note({ programId, programName, action: 'revoked', subject: '', outcome: 'done' });
    await removed;
  }

  audit: LocalApi['audit'] = (asked) => this.options.audit.list(asked);

  async trustCertificate(): Promise<LocalApiStatus> {
    return this.certify(() => this.options.certificates.trust());
  }

  async removeCertificate(): Promise<LocalApiStatus> {
    return this.certify(() => this.options.certificates.remove());
  }

  showCard(card: { number: string | null; personId: string | null }): void {
    this.cardShown.fire(card);
  }

  private async certify(work: () => Promise<void>): Promise<LocalApiStatus> {
    try {
      await work();
    } finally {
      this.turn = this.turn.then(() => this.followSecure());
      await this.turn;
      this.accessed.fire(this.access);
      this.statusChanged.fire(this.status());
    }
    return this.status();
  }

  private async followSecure(): Promise<void> {
    const { settings, forcedPort, secure } = this.options;
    const port = forcedPort === null ? settings.values.localApiSecurePort : 0;
    await secure.follow(this.listener && this.isOn ? port : null);
  }

  /** Nothing is left to it: what it listens with, and the user's word that it dials unasked. */
  private forget(programId: string): void {
    const { hub, dialDesk, logger } = this.options;
    hub.close(programId);
    dialDesk
      .distrust(originIdOf(programId))
      .catch((error: unknown) => logger.warn('a revoked program is still on the list of trusted ones', { error }));
  }

  private programsNow() {
    return { programs: this.programs(), requests: this.requests() };
  }

  /** Does as the settings say by then; changes come one after another. */
  private follow(): Promise<void> {
    this.turn = this.turn.then(() => this.change());
    return this.turn;
  }

  private async change(): Promise<void> {
    const { settings, forcedPort } = this.options;
    // Off for other programs: Offhook's own command, which opens links as well, finds it at a port that nobody knows.
    const port = this.isOn ? (forcedPort ?? settings.values.localApiPort) : 0;
    const wanted = this.running ? port : null;
    const same = wanted === this.wanted && this.wasOn === this.isOn && (wanted === null || this.listener !== null);
    if (same) return this.followSecureAlone();
    [this.wanted, this.wasOn] = [wanted, this.isOn];
    this.options.hub.close();
    await this.listener?.close();
    this.listener = null;
    this.setProblem(null);
    if (wanted !== null) await this.listen(wanted);
    await this.followSecure();
    this.accessed.fire(this.access);
    this.statusChanged.fire(this.status());
  }

  /** The plain port stays what it is. */
  private async followSecureAlone(): Promise<void> {
    const before = this.options.secure.port;
    await this.followSecure();
    if (this.options.secure.port === before) return;
    this.accessed.fire(this.access);
    this.statusChanged.fire(this.status());
  }

  private async listen(port: number): Promise<void> {
    const { logger } = this.options;
    try {
      this.listener = await this.tryPort(port).catch((error: unknown) => {
        logger.info('the port of the local API is not free', { port, error });
        return this.tryPort(0);
      });
      if (port !== 0 && this.listener.port !== port)
        this.setProblem({ code: 'local-api.port-taken', values: { port, other: this.listener.port }, detail: null });
      logger.info('the local API listens', { port: this.listener.port });
    } catch (error) {
      this.setProblem({ code: 'local-api.failed', values: {}, detail: toReport(error).detail });
    }
  }

  /** The names that it goes by are known with the port. */
  private async tryPort(port: number): Promise<LoopbackListener> {
    const { server, clock, logger } = this.options;
    let handlers = server.handlersFor(loopbackNames(port));
    const listener = await listenOnLoopback(
      port,
      { request: (...given) => handlers.request(...given), upgrade: (...given) => handlers.upgrade(...given) },
      { clock, logger },
    );
    handlers = server.handlersFor(loopbackNames(listener.port));
    return listener;
  }

  private setProblem(problem: ErrorReport | null): void {
    this.problem = problem;
    if (problem) this.options.problems.raise(problemId, problem);
    else this.options.problems.clear(problemId);
  }
}
