import type { IncomingNotifyRequest, Session } from 'sip.js/lib/core/index.js';
import { OffhookError } from '#contract/errors.ts';
import type { Disposable } from '#core/foundation/index.ts';
import { headerValue } from '../messages/sip-message.ts';
import { targetUri } from '../messages/target-uri.ts';
import type { SipAccount } from '../user-agent.ts';
import { callErrorCode } from './session-end.ts';
import { plainMessage, type SessionContext } from './session-context.ts';

/** ms without a word from the far end, after it has taken the REFER, until nothing more is expected of it. */
const patience = 90_000;
/** RFC 3515 2.4.2, and what those say that do not know the method. */
const unsupported = [405, 420, 489, 501];

interface Waiting {
  /** A 2xx came: the far end is about it. */
  taken: boolean;
  settle(error: OffhookError | null): void;
  limit: Disposable;
}

/** Blind transfer of a confirmed dialog by REFER (RFC 3515), and what the far end tells of it. */
export class DialogTransfer {
  private readonly context: SessionContext;
  private readonly session: Session;
  private waiting: Waiting | null = null;

  constructor(context: SessionContext, session: Session) {
    this.context = context;
    this.session = session;
  }

  /** @param target whole URI, escaped already. Resolves when the far end has reached it. */
  refer(target: string): Promise<void> {
    if (this.waiting)
      return Promise.reject(new OffhookError('call.not-possible-now', { detail: 'a transfer is under way' }));
    const { account, contact, clock } = this.context;
    const extraHeaders = [contact, `Refer-To: <${target}>`, `Referred-By: <sip:${account.user}@${account.domain}>`];
    return new Promise((resolve, reject) => {
      this.waiting = {
        taken: false,
        limit: clock.after(patience, () => this.settle(this.failure(408, 'no word of the transfer'))),
        settle: (error) => (error ? reject(error) : resolve()),
      };
      const refused = ({ message }: { message: { statusCode?: number; reasonPhrase?: string } }) =>
        this.settle(this.failure(message.statusCode ?? 0, message.reasonPhrase ?? ''));
      const delegate = {
        onAccept: ({ message }: { message: { data?: string } }) => this.accepted(message),
        onReject: refused,
        onRedirect: refused,
      };
      try {
        this.session.refer(delegate, { extraHeaders });
      } catch (error) {
        this.settle(new OffhookError('call.not-possible-now', { cause: error }));
      }
    });
  }

  /** The far end's NOTIFY; false for one that is not of a transfer. */
  notified(request: IncomingNotifyRequest): boolean {
    const message = plainMessage(request.message);
    const event = (message && headerValue(message, 'event')) ?? '';
    if (!this.waiting || !/^\s*refer\s*(;|$)/i.test(event)) return false;
    request.accept();
    const status = Number(/^SIP\/2\.0 (\d{3})\b/i.exec(message?.body ?? '')?.[1] ?? 0);
    const over = /^\s*terminated/i.test((message && headerValue(message, 'subscription-state')) ?? '');
    if (status >= 200) this.settle(status < 300 ? null : this.failure(status, 'of the transfer'));
    // RFC 3515 2.4.5: no more is told. What it said last was no end, so it may be either.
    else if (over) this.settle(status === 0 ? null : this.failure(408, 'the far end tells no more of the transfer'));
    return true;
  }

  /** The dialog is over: who was sent away has gone, or it came to nothing. */
  ended(): void {
    const taken = this.waiting?.taken ?? false;
    this.settle(taken ? null : new OffhookError('call.not-possible-now', { detail: 'the call is over' }));
  }

  private accepted(message: { data?: string }): void {
    if (!this.waiting) return;
    this.waiting.taken = true;
    const plain = plainMessage(message);
    // RFC 4488: it will tell nothing.
    if (plain && /^\s*false/i.test(headerValue(plain, 'refer-sub') ?? '')) this.settle(null);
  }

  private failure(status: number, what: string): OffhookError {
    const code = unsupported.includes(status) ? 'call.not-supported' : callErrorCode(status, false);
    return new OffhookError(code, { values: { status }, detail: `SIP ${status} ${what}`.trim() });
  }

  private settle(error: OffhookError | null): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.limit.dispose();
    waiting?.settle(error);
  }
}

/**
 * The address to which a far end is sent, which it calls by itself: of an exchange without DNS it needs to know the port
 * as well. Null when there is nothing to call.
 */
export function referable(target: string, { domain, serverHost, serverPort }: SipAccount): string | null {
  const uri = targetUri(target, domain);
  const bare = !/[@:]/.test(target) && serverPort !== null && (serverHost === null || serverHost === domain);
  // Allowed in a user part, but a lax reader would take what follows for header fields (RFC 3261 19.1.1).
  return uri && `${uri.replaceAll('?', '%3F')}${bare ? `:${serverPort}` : ''}`;
}
