import { Grammar, type OutgoingRegisterRequest, type URI, type UserAgentCore } from 'sip.js/lib/core/index.js';
import type { Clock } from '#core/foundation/index.ts';
import { hostForUri } from '../transports/index.ts';
import { plainMessage } from '../session/session-context.ts';
import { placeholderHost } from '../signalling/rewrite-outgoing.ts';
import type { SipMessage } from '../messages/sip-message.ts';

export type RegisterOutcome =
  | { kind: 'answered'; message: SipMessage; challenged: boolean }
  /** `sent: false`: the connection is gone. */
  | { kind: 'silent'; sent: boolean };

/** Sends REGISTER requests of one line: one Call-ID, a rising CSeq, a fixed Contact (RFC 3261 10.2). */
export class Registrar {
  private readonly core: UserAgentCore;
  private readonly clock: Clock;
  private readonly domain: string;
  private readonly contactUser: string;
  private readonly callId: string;
  private readonly fromTag: string;
  private sequence = 0;
  private readonly waiting = new Set<() => void>();

  constructor(options: {
    core: UserAgentCore;
    clock: Clock;
    domain: string;
    contactUser: string;
    newToken: () => string;
  }) {
    this.core = options.core;
    this.clock = options.clock;
    this.domain = options.domain;
    this.contactUser = options.contactUser;
    this.callId = options.newToken();
    this.fromTag = options.newToken();
  }

  /**
   * @param expires seconds; 0 takes the binding away
   * @param limit ms to wait for the final answer
   * @param contact URI of another binding; our own when absent
   */
  register(
    expires: number,
    limit: number,
    contact = `sip:${this.contactUser}@${placeholderHost}`,
  ): Promise<RegisterOutcome> {
    const aor = this.core.configuration.aor;
    const uri = (Grammar.URIParse(`sip:${hostForUri(this.domain)}`) ?? aor) as URI;
    this.sequence += 1;
    const options = { callId: this.callId, fromTag: this.fromTag, cseq: this.sequence };
    const headers = [`Contact: <${contact}>;expires=${expires}`, `Expires: ${expires}`, 'Allow: INVITE'];
    const message = this.core.makeOutgoingRequestMessage('REGISTER', uri, aor, aor, options, headers);
    return new Promise((resolve) => {
      let request: OutgoingRegisterRequest | null = null;
      const settle = (outcome: RegisterOutcome) => {
        timer.dispose();
        this.waiting.delete(giveUp);
        // A challenge was answered with the next number.
        this.sequence = Math.max(this.sequence, message.cseq);
        resolve(outcome);
      };
      const giveUp = () => {
        request?.dispose();
        settle({ kind: 'silent', sent: true });
      };
      this.waiting.add(giveUp);
      const timer = this.clock.after(limit, giveUp);
      const answered = (response: { message: { data?: string; statusCode?: number } }) => {
        const plain = plainMessage(response.message);
        if (plain) settle({ kind: 'answered', message: plain, challenged: message.cseq > options.cseq });
        else settle({ kind: 'silent', sent: response.message.statusCode === 408 });
      };
      request = this.core.register(message, { onAccept: answered, onReject: answered, onRedirect: answered });
    });
  }

  /** Waits for no answer any more. */
  abandon(): void {
    for (const giveUp of [...this.waiting]) giveUp();
  }
}
