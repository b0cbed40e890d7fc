import type { Clock, Disposable, Logger } from '#core/foundation/index.ts';
import { headerValue, headerValues, splitList } from '#core/sip/messages/sip-message.ts';
import { transactionKey } from '#core/sip/retransmission/transaction-key.ts';
import type { ReceivedMessage, SipMessagePort } from '#core/sip/transports/index.ts';
import type { CallOriginator } from './call-originator.ts';
import { allowed } from './compose-message.ts';
import type { IncomingLeg } from './incoming-leg.ts';
import type { ClientTransactions } from './client-transaction.ts';
import type { DialogTable } from './leg-environment.ts';
import { parseUri, tagOf } from './name-address.ts';
import type { Registrar } from './registrar.ts';
import { ServerRequest } from './server-request.ts';

export interface ExchangeOptions {
  port: SipMessagePort;
  clock: Clock;
  logger: Logger;
  transactions: ClientTransactions;
  dialogs: DialogTable;
  registrar: Registrar;
  originator: CallOriginator;
  createToken(): string;
}

/** Takes every message that comes in to where it belongs. What nobody is to have is refused; nothing is forwarded. */
export class Exchange implements Disposable {
  private readonly options: ExchangeOptions;
  private readonly logger: Logger;
  private readonly subscription: Disposable;
  /** INVITEs that a CANCEL may still name. */
  private readonly invitations = new Map<string, IncomingLeg>();

  constructor(options: ExchangeOptions) {
    this.options = options;
    this.logger = options.logger.child('exchange');
    this.subscription = options.port.onMessage((received) => this.receive(received));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private receive({ message, flow }: ReceivedMessage): void {
    if (message.kind === 'response') {
      this.options.transactions.receive(message);
      return;
    }
    const { port, createToken } = this.options;
    const request = new ServerRequest({ message, flow, port, tag: createToken() });
    try {
      this.route(request);
    } catch (error) {
      // Whatever a stranger sends, the exchange goes on.
      this.logger.error('a request was not handled', { method: message.method, error });
      if (message.method !== 'ACK') request.respond(500, 'Server Internal Error');
    }
  }

  private route(request: ServerRequest): void {
    const { message } = request;
    const localTag = tagOf(headerValue(message, 'to')!);
    if (localTag !== null) return this.routeInDialog(request, localTag);
    switch (message.method) {
      case 'ACK':
        return;
      case 'REGISTER':
        return this.options.registrar.register(request);
      case 'INVITE':
        return this.invite(request);
      case 'CANCEL':
        return this.cancel(request);
      case 'OPTIONS':
        return void request.respond(200, 'OK', { headers: [['Allow', allowed], ['Accept', 'application/sdp']] });
      default:
        return void request.respond(405, 'Method Not Allowed', { headers: [['Allow', allowed]] });
    }
  }

  private routeInDialog(request: ServerRequest, localTag: string): void {
    const { message } = request;
    // CANCEL repeats the To of its INVITE, which in a re-INVITE has a tag; those are answered at once and need none.
    if (message.method === 'CANCEL') return this.cancel(request);
    const user = this.options.dialogs.find(headerValue(message, 'call-id')!, localTag);
    if (user) return user.receive(request);
    if (message.method !== 'ACK') request.respond(481, 'Call Does Not Exist');
  }

  private invite(request: ServerRequest): void {
    const { message } = request;
    if (headerValue(message, 'max-forwards') === '0') return void request.respond(483, 'Too Many Hops');
    const required = headerValues(message, 'require').flatMap((value) => splitList(value));
    if (required.length > 0) return void request.respond(420, 'Bad Extension', { headers: [['Unsupported', required.join(', ').slice(0, 200)]] });
    if (!parseUri(message.requestUri)) return void request.respond(416, 'Unsupported URI Scheme');
    const leg = this.options.originator.originate(request);
    const key = transactionKey(message);
    if (!leg || key === null) return;
    this.invitations.set(key, leg);
    leg.onEnded(() => this.invitations.delete(key));
  }

  private cancel(request: ServerRequest): void {
    const leg = this.invitations.get(transactionKey(request.message, 'INVITE') ?? '');
    request.respond(leg ? 200 : 481, leg ? 'OK' : 'Call Does Not Exist');
    leg?.cancel();
  }
}

