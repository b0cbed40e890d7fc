import {
  Grammar,
  IncomingRequestMessage,
  IncomingResponseMessage,
  LoggerFactory,
  Parser,
  UserAgentCore,
  type URI,
  type UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js';
import type { Logger } from '#core/foundation/index.ts';
import { AccountAuthentication } from '../digest/account-authentication.ts';
import { headerValue, serialiseMessage, type SipMessage } from '../messages/sip-message.ts';
import { responseTo } from '../messages/response-to.ts';
import { escapeUser } from '../messages/target-uri.ts';
import type { RetransmittingPort } from '../retransmission/index.ts';
import { hostForUri, type ReceivedMessage, type SipFlow } from '../transports/index.ts';
import type { SipAccount } from '../user-agent.ts';
import type { CoreTransport } from './core-transport.ts';
import {
  chooseChallenge,
  completeInviteResponse,
  restoreOwnBranch,
  seenAddress,
  separateVias,
} from './rewrite-incoming.ts';
import { lendBranch, placeholderHost } from './rewrite-outgoing.ts';
import type { ServerConnection } from './server-connection.ts';
import { answerStray } from './stray-requests.ts';

interface Parts {
  account: SipAccount;
  transport: CoreTransport;
  connection: ServerConnection;
  port: RetransmittingPort;
  logger: Logger;
  contactUser: string;
  delegate: UserAgentCoreDelegate;
  /** A message of that call could not be handled: whoever waits for it waits in vain. */
  broken: (callId: string, error: unknown) => void;
}

/** sip.js's user agent core, fed with messages that are checked, filtered and rewritten before it sees them. */
export class Signalling {
  readonly core: UserAgentCore;
  private readonly parts: Parts;
  private readonly loggers = new LoggerFactory();
  private readonly counts = new Map<string, number>();

  constructor(parts: Parts) {
    this.parts = parts;
    this.loggers.builtinEnabled = false;
    this.core = new UserAgentCore(this.configuration(), parts.delegate);
    parts.port.onMessage((received) => this.receive(received));
  }

  /** What sip.js could not read or handle, by cause. */
  get unreadableCounts(): ReadonlyMap<string, number> {
    return this.counts;
  }

  dispose(): void {
    this.core.dispose();
  }

  private configuration(): ConstructorParameters<typeof UserAgentCore>[0] {
    const { account, contactUser, transport } = this.parts;
    const contact = Grammar.URIParse(`sip:${contactUser}@${placeholderHost}`) as URI;
    return {
      aor: (Grammar.URIParse(`sip:${escapeUser(account.user)}@${hostForUri(account.domain)}`) ?? contact) as URI,
      contact: {
        pubGruu: undefined,
        tempGruu: undefined,
        uri: contact,
        toString: () => `<sip:${contactUser}@${placeholderHost}>`,
      },
      displayName: '',
      loggerFactory: this.loggers,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: '',
      supportedOptionTags: [],
      supportedOptionTagsResponse: [],
      userAgentHeaderFieldValue: 'Offhook',
      viaForceRport: true,
      viaHost: placeholderHost,
      authenticationFactory: () =>
        new AccountAuthentication(account.authorizationUser ?? account.user, account.password).forSipJs(),
      transportAccessor: () => transport,
    };
  }

  private receive({ message, flow }: ReceivedMessage): void {
    const callId = headerValue(message, 'call-id') ?? '';
    try {
      separateVias(message);
      if (message.kind === 'request') this.receiveRequest(message, flow);
      else this.receiveResponse(message, flow);
    } catch (error) {
      this.count('not handled', error);
      if (message.kind === 'request' && message.method !== 'ACK')
        this.reply(message, flow, responseTo(message, 400, 'Bad Request'));
      this.parts.broken(callId, error);
    }
  }

  private receiveRequest(message: SipMessage, flow: SipFlow): void {
    const stray = answerStray(message, this.isServer(flow));
    if (stray) return this.reply(message, flow, stray);
    lendBranch(message);
    const parsed = this.parse(message);
    if (!(parsed instanceof IncomingRequestMessage)) {
      this.count(`unreadable ${message.method}`, null);
      if (message.method !== 'ACK') this.reply(message, flow, responseTo(message, 400, 'Bad Request'));
      return;
    }
    this.core.receiveIncomingRequestFromTransport(parsed);
  }

  private receiveResponse(message: SipMessage, flow: SipFlow): void {
    const { transport } = this.parts;
    if (!restoreOwnBranch(message, transport.branchSuffix)) return this.count('a response to no request of ours', null);
    const fromServer = this.isServer(flow);
    if (flow === this.parts.connection.flow && flow.protocol === 'udp') {
      const seen = seenAddress(message);
      const same = seen?.address === flow.local.address && seen.port === flow.local.port;
      transport.seen = seen && !same ? seen : null;
    }
    chooseChallenge(message, fromServer);
    completeInviteResponse(message, `${hostForUri(flow.remote.address)}:${flow.remote.port}`);
    const parsed = this.parse(message);
    if (parsed instanceof IncomingResponseMessage) return this.core.receiveIncomingResponseFromTransport(parsed);
    this.count(`unreadable response to ${message.method}`, null);
    if (message.status >= 200)
      this.parts.broken(headerValue(message, 'call-id') ?? '', new Error('an answer that cannot be read'));
  }

  private parse(message: SipMessage): IncomingRequestMessage | IncomingResponseMessage | undefined {
    return Parser.parseMessage(serialiseMessage(message), this.loggers.getLogger('sip.parser'));
  }

  private isServer(flow: SipFlow): boolean {
    return flow === this.parts.connection.flow || this.parts.connection.isServer(flow.remote.address);
  }

  private reply(request: SipMessage, flow: SipFlow, response: SipMessage): void {
    if (!this.parts.port.respond(response))
      this.parts.logger.debug('no way back', { method: request.method, flow: flow.id });
  }

  private count(cause: string, error: unknown): void {
    const count = (this.counts.get(cause) ?? 0) + 1;
    // Methods are the sender's choice: no more names than that are kept.
    if (count === 1 && this.counts.size >= 100) return;
    this.counts.set(cause, count);
    if (count === 1)
      this.parts.logger.warn('message dropped', { cause, error: error === null ? undefined : String(error) });
  }
}
