import { Emitter, type Clock } from '#core/foundation/index.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { serialiseMessage, type SipMessage } from '../messages/sip-message.ts';
import type { ReceivedMessage, SipFlow, SipMessagePort } from '../transports/sip-flow.ts';

/** Tells whether this message is lost; called once for each. */
export type Loss = (message: SipMessage, towards: 'left' | 'right') => boolean;

class PipeEnd implements SipMessagePort {
  readonly emitter = new Emitter<ReceivedMessage>();
  readonly onMessage = this.emitter.event;
  readonly flow: SipFlow;
  private readonly forward: (message: SipMessage) => void;

  constructor(flow: SipFlow, forward: (message: SipMessage) => void) {
    this.flow = flow;
    this.forward = forward;
  }

  send(_flow: SipFlow, message: SipMessage): void {
    this.forward(message);
  }

  flowForResponse(): SipFlow {
    return this.flow;
  }

  respond(message: SipMessage): boolean {
    this.forward(message);
    return true;
  }
}

/** Two message ports joined by a pipe that loses what `loss` says and delays the rest by `delay` ms. */
export function lossyPipe(clock: Clock, loss: Loss, options: { delay?: number; protocol?: SipFlow['protocol'] } = {}) {
  const flow: SipFlow = {
    id: 'pipe',
    protocol: options.protocol ?? 'udp',
    role: 'connected',
    local: { address: '127.0.0.1', port: 5060 },
    remote: { address: '127.0.0.1', port: 5062 },
    closed: false,
    onClosed: () => ({ dispose() {} }),
    lastHeard: 0,
    send() {},
    ping() {},
    close() {},
  };
  const carry = (towards: 'left' | 'right', end: () => PipeEnd) => (message: SipMessage) => {
    if (loss(message, towards)) return;
    const text = serialiseMessage(message);
    clock.after(options.delay ?? 5, () => {
      const parsed = parseMessage(Buffer.from(text));
      if (!parsed.ok) throw new Error(parsed.malformed.cause);
      end().emitter.fire({ message: parsed.message, flow });
    });
  };
  const left: PipeEnd = new PipeEnd(
    flow,
    carry('right', () => right),
  );
  const right: PipeEnd = new PipeEnd(
    flow,
    carry('left', () => left),
  );
  return { left, right, flow };
}
