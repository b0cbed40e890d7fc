import type { Account, LineSnapshot } from '#contract/ipc/index.ts';
import { DisposableStore, Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { SipAccount, SipInvitation, SipUserAgent, SipUserAgentFactory } from '#core/sip/index.ts';

export function toSipAccount(id: string, account: Account, password: string): SipAccount {
  return {
    id,
    displayName: account.displayName,
    user: account.user,
    authorizationUser: account.authorizationUser,
    password,
    domain: account.domain,
    transport: account.transport,
    serverHost: account.serverHost,
    serverPort: account.serverPort,
    outboundProxy: account.outboundProxy,
    webSocketPath: account.webSocketPath,
    media: account.media,
    registerExpires: account.registerExpires,
    trustIdentity: account.trustIdentity,
    verifyCertificate: account.verifyCertificate,
  };
}

/** An account on a PBX, with the user agent that keeps it registered while it is enabled. */
export class Line implements Disposable {
  readonly id: string;
  readonly account: Account;
  readonly userAgent: SipUserAgent | null;
  private readonly store = new DisposableStore();
  private readonly changed = new Emitter<void>();
  private readonly invited = new Emitter<SipInvitation>();
  private readonly hasPassword: boolean;
  private since: number;
  private state: string;

  readonly onChanged = this.changed.event;
  readonly onInvitation = this.invited.event;

  constructor(id: string, account: Account, password: string | null, factory: SipUserAgentFactory, clock: Clock) {
    this.id = id;
    this.account = account;
    this.hasPassword = password !== null;
    this.since = clock.now();
    this.userAgent = account.enabled ? factory.create(toSipAccount(id, account, password ?? '')) : null;
    this.state = this.registration.state;
    if (!this.userAgent) return;
    this.store.add(this.userAgent.onInvitation((invitation) => this.invited.fire(invitation)));
    this.store.add(
      this.userAgent.onRegistration((registration) => {
        if (registration.state !== this.state) this.since = clock.now();
        this.state = registration.state;
        this.changed.fire();
      }),
    );
  }

  get registered(): boolean {
    return this.userAgent?.registration.state === 'registered';
  }

  get label(): string {
    return this.account.label || this.account.user;
  }

  private get registration() {
    return this.userAgent?.registration ?? { state: 'disabled' as const, nextTryAt: null, error: null };
  }

  snapshot(isDefault: boolean): LineSnapshot {
    const { state, nextTryAt, error } = this.registration;
    return {
      id: this.id,
      account: this.account,
      hasPassword: this.hasPassword,
      isDefault,
      registration: { state, since: this.since, nextTryAt, error },
    };
  }

  start(): void {
    this.userAgent?.start();
  }

  /** Un-REGISTERs and closes; at most 2 s. */
  async stop(): Promise<void> {
    await this.userAgent?.stop();
    this.dispose();
  }

  dispose(): void {
    this.store.dispose();
    this.changed.dispose();
    this.invited.dispose();
  }
}
