import { createHash, randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { OffhookError } from '#contract/errors.ts';
import { Emitter, type Clock, type Disposable, type Event, type Logger } from '#core/foundation/index.ts';
import type { MediaLeg } from '#core/media/index.ts';
import { ServerResolver, type SipDns } from './dns/resolve-server.ts';
import { systemDns } from './dns/system-dns.ts';
import { targetUri } from './messages/target-uri.ts';
import { RegistrationKeeper } from './registration/registration-keeper.ts';
import { Registrar } from './registration/registrar.ts';
import { RetransmittingPort } from './retransmission/index.ts';
import type { BaseSession } from './session/base-session.ts';
import { Invitation } from './session/incoming-session.ts';
import { OutgoingSession } from './session/outgoing-session.ts';
import { sayGoodbye } from './session/say-goodbye.ts';
import type { SessionContext } from './session/session-context.ts';
import { CoreTransport } from './signalling/core-transport.ts';
import { contactAddress, placeholderHost } from './signalling/rewrite-outgoing.ts';
import { serverOf, ServerConnection } from './signalling/server-connection.ts';
import { Signalling } from './signalling/signalling.ts';
import { SipTransportLayer } from './transports/index.ts';
import type {
  Registration,
  SipAccount,
  SipDialog,
  SipInvitation,
  SipSession,
  SipUserAgent,
  SipUserAgentFactory,
} from './user-agent.ts';

/** Goodbyes, and the un-REGISTER beside them: ms. */
const farewellLimit = 1700;
const mostSessions = 50;
/** ms to take or refuse an invitation. */
const takeLimit = 200;

export interface SipJsUserAgentOptions {
  clock: Clock;
  logger: Logger;
  /** 0 to 1; for back-off and glare, never for secrets. */
  random?: () => number;
  dns?: SipDns;
  /** PEM of certificate authorities to trust beside the system's. */
  trustedCertificates?: readonly string[];
}

/** User agents over sip.js's core, under our own transports. */
export class SipJsUserAgentFactory implements SipUserAgentFactory {
  private readonly options: Required<SipJsUserAgentOptions>;
  private readonly resolver: ServerResolver;

  constructor(options: SipJsUserAgentOptions) {
    this.options = { random: Math.random, dns: systemDns(), trustedCertificates: [], ...options };
    this.resolver = new ServerResolver({ dns: this.options.dns, clock: options.clock });
  }

  create(account: SipAccount): SipUserAgent {
    // A name in other letters goes into messages in its ASCII form (RFC 3261 25.1 knows no other).
    const domain = account.domain.replace(/^\[|\]$/g, '');
    return new SipJsUserAgent(
      { ...account, domain: domain.includes(':') ? domain : domainToASCII(domain) || 'invalid' },
      this.options,
      this.resolver,
    );
  }
}

/** One account: its flow, its registration, its sessions. */
class SipJsUserAgent implements SipUserAgent {
  private readonly account: SipAccount;
  private readonly logger: Logger;
  private readonly layer: SipTransportLayer;
  private readonly port: RetransmittingPort;
  private readonly connection: ServerConnection;
  private readonly signalling: Signalling;
  private readonly keeper: RegistrationKeeper;
  private readonly context: SessionContext;
  private readonly sessions = new Set<BaseSession>();
  private readonly invitations = new Map<Invitation, Disposable>();
  private readonly farewells = new Set<Promise<void>>();
  private readonly invitationEmitter: Emitter<SipInvitation>;
  private stopped: Promise<void> | null = null;
  private lastContact = '';
  readonly onInvitation: Event<SipInvitation>;
  readonly onRegistration: Event<Registration>;

  constructor(account: SipAccount, options: Required<SipJsUserAgentOptions>, resolver: ServerResolver) {
    const { clock, random } = options;
    this.account = account;
    this.logger = options.logger;
    this.invitationEmitter = new Emitter((error) => this.logger.error('an invitation was not handled', { error }));
    this.onInvitation = this.invitationEmitter.event;
    const logger = options.logger;
    const layer = (this.layer = new SipTransportLayer({ clock, logger }));
    const port = (this.port = new RetransmittingPort(layer, {
      clock,
      onError: (error) => logger.error('a message was not handled', { error }),
    }));
    const connection = new ServerConnection({
      account,
      layer,
      resolver,
      clock,
      logger,
      trustedCertificates: options.trustedCertificates,
    });
    this.connection = connection;
    const transport = new CoreTransport({
      account,
      connection,
      layer,
      port,
      clock,
      logger,
      branchSuffix: `.${newToken()}`,
    });
    // Fixed for the line's life, and no one else's: see `readBindings`.
    const contactUser = `oh-${createHash('sha256').update(account.id).digest('hex').slice(0, 12)}`;
    this.signalling = new Signalling({
      account,
      transport,
      connection,
      port,
      logger,
      contactUser,
      delegate: { onInvite: (request) => this.invited(request) },
      broken: (callId, error) => this.failSession(callId, error),
    });
    const { core } = this.signalling;
    this.context = {
      core,
      account,
      clock,
      logger,
      random,
      newToken,
      contact: `Contact: <sip:${contactUser}@${placeholderHost}>`,
      isOwnDomain: (host) => host === account.domain || host === serverOf(account).host || connection.isServer(host),
      farewell: (done) => this.expectFarewell(done),
    };
    const ownContact = () => ({ user: contactUser, address: this.contactAddress(transport) });
    const registrar = new Registrar({ core, clock, domain: account.domain, contactUser, newToken });
    this.keeper = new RegistrationKeeper({ account, registrar, connection, clock, logger, random, ownContact });
    this.onRegistration = this.keeper.onChange;
    connection.onLost(() => this.loseUnanswered());
    this.onRegistration(({ state }) => {
      if (state === 'registered') this.refreshTargets(ownContact().address);
    });
  }

  get registration(): Registration {
    return this.keeper.registration;
  }

  get localAddress(): string {
    return this.connection.flow?.local.address ?? '127.0.0.1';
  }

  start(): void {
    if (!this.stopped) this.keeper.start();
  }

  reconnect(): void {
    if (!this.stopped) this.keeper.reconnect();
  }

  stop(): Promise<void> {
    this.stopped ??= this.shutDown();
    return this.stopped;
  }

  invite(target: string, leg: MediaLeg): SipSession {
    const uri = targetUri(target, this.account.domain);
    const session = new OutgoingSession(this.context, leg, uri ?? `sip:invalid@${placeholderHost}`);
    this.add(session);
    const problem = this.problemOfDialling(uri);
    // The caller gets the session first, and then hears that it has ended.
    if (problem) queueMicrotask(() => session.fail(problem));
    else session.start();
    return session;
  }

  sayGoodbye(dialog: SipDialog): Promise<void> {
    if (this.stopped) return Promise.reject(this.notRegistered());
    return sayGoodbye(this.context, dialog);
  }

  private problemOfDialling(uri: string | null): OffhookError | null {
    if (!uri) return new OffhookError('number.unreadable', { detail: 'not a SIP address' });
    return this.stopped || !this.connection.flow ? this.notRegistered() : null;
  }

  private notRegistered(): OffhookError {
    return new OffhookError('line.not-registered', {
      values: { host: this.connection.host },
      detail: this.registration.error?.detail ?? null,
    });
  }

  private invited(request: ConstructorParameters<typeof Invitation>[1]): void {
    request.trying();
    if (this.stopped || this.sessions.size >= mostSessions) {
      request.reject({ statusCode: this.stopped ? 480 : 486 });
      return;
    }
    const invitation = new Invitation(this.context, request, (session) => this.add(session));
    this.invitationEmitter.fire(invitation);
    // Nobody listens, or whoever did forgot it.
    const timer = this.context.clock.after(takeLimit, () => this.refuseForgotten(invitation));
    this.invitations.set(invitation, timer);
  }

  private refuseForgotten(invitation: Invitation): void {
    this.invitations.get(invitation)?.dispose();
    this.invitations.delete(invitation);
    invitation.refuse(480, 'Temporarily Unavailable');
  }

  private add(session: BaseSession): void {
    this.sessions.add(session);
    session.onEnded(() => this.sessions.delete(session));
  }

  private failSession(callId: string, error: unknown): void {
    for (const session of [...this.sessions]) if (session.sipCallId === callId) session.fail(error);
  }

  /** A call that is up outlives its connection; one that is not answered yet would never hear the answer. */
  private loseUnanswered(): void {
    for (const session of [...this.sessions]) {
      if (!session.confirmed)
        session.fail(
          new OffhookError('call.unreachable', {
            values: { host: this.connection.host },
            detail: 'the connection broke',
          }),
        );
    }
  }

  /** A call that outlived its connection tells the far end where it is now (RFC 3261 12.2, target refresh). */
  private refreshTargets(contact: string): void {
    const moved = this.lastContact !== '' && this.lastContact !== contact;
    this.lastContact = contact;
    if (!moved) return;
    for (const session of this.sessions) {
      if (session.confirmed)
        session.reoffer().catch((error: unknown) => this.logger.info('target not refreshed', { cause: String(error) }));
    }
  }

  private expectFarewell(done: Promise<void>): void {
    this.farewells.add(done);
    void done.then(() => this.farewells.delete(done));
  }

  /** One goodbye may bring another: a CANCEL that came too late, a BYE. */
  private async farewellsSaid(): Promise<void> {
    while (this.farewells.size > 0) await Promise.all(this.farewells);
  }

  private contactAddress(transport: CoreTransport): string {
    const { flow } = this.connection;
    return flow ? contactAddress(flow, transport.seen).split(';')[0]! : '';
  }

  private async shutDown(): Promise<void> {
    for (const session of [...this.sessions]) session.end();
    for (const invitation of [...this.invitations.keys()]) this.refuseForgotten(invitation);
    const farewells = Promise.all([this.keeper.stop(), this.farewellsSaid()]);
    let limit = () => {};
    const late = new Promise<void>((resolve) => (limit = resolve));
    const timer = this.context.clock.after(farewellLimit, limit);
    await Promise.race([farewells, late]);
    timer.dispose();
    this.signalling.dispose();
    this.port.dispose();
    this.connection.close();
    this.invitationEmitter.dispose();
    await this.layer.close();
  }
}

/** Unguessable, and fit for a token (RFC 3261 25.1). Node draws the randomness of many UUIDs ahead; bytes it would not. */
function newToken(): string {
  return randomUUID().replaceAll('-', '');
}
