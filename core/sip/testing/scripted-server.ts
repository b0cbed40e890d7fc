import { Emitter, silentLogger, systemClock, type Event } from '#core/foundation/index.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { responseTo } from '../messages/response-to.ts';
import { headerValue, type SipMessage } from '../messages/sip-message.ts';
import { SipTransportLayer, type ListenOptions, type ReceivedMessage, type SipListener } from '../transports/index.ts';

/** The next value that fits; what comes before the call is not seen. */
export function nextOf<T>(event: Event<T>, fits: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      if (!fits(value)) return;
      subscription.dispose();
      resolve(value);
    });
  });
}

export function messageOf(lines: readonly string[], body = ''): SipMessage {
  const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`));
  if (!parsed.ok) throw new Error(parsed.malformed.cause);
  return parsed.message;
}

/** A SIP server that does what a test tells it, message by message, with no transaction machinery of its own. */
export class ScriptedServer {
  readonly layer: SipTransportLayer;
  readonly listener: SipListener;
  /** All requests so far. */
  readonly requests: ReceivedMessage[] = [];
  private readonly arrived = new Emitter<ReceivedMessage>();
  private taken = 0;

  private constructor(layer: SipTransportLayer, listener: SipListener) {
    this.layer = layer;
    this.listener = listener;
    layer.onMessage((received) => {
      this.requests.push(received);
      this.arrived.fire(received);
    });
  }

  static async start(
    protocol: ListenOptions['protocol'] = 'udp',
    options: Partial<ListenOptions> = {},
  ): Promise<ScriptedServer> {
    const layer = new SipTransportLayer({ clock: systemClock, logger: silentLogger });
    return new ScriptedServer(layer, await layer.listen({ protocol, address: '127.0.0.1', port: 0, ...options }));
  }

  get port(): number {
    return this.listener.local.port;
  }

  /** The next message that was not taken yet and is of that method, request or response. */
  async next(method: string): Promise<ReceivedMessage> {
    for (;;) {
      const received = this.requests[this.taken] ?? (await nextOf(this.arrived.event));
      this.taken += 1;
      if (received.message.method === method) return received;
    }
  }

  respond(
    request: ReceivedMessage,
    status: number,
    options: { reason?: string; headers?: string[]; body?: string; toTag?: string } = {},
  ): void {
    const extra = (options.headers ?? []).map((line) => ({
      name: line.split(':')[0]!.toLowerCase(),
      value: line.slice(line.indexOf(':') + 1).trim(),
    }));
    const response = responseTo(request.message, status, options.reason ?? 'Scripted', extra);
    response.body = options.body ?? '';
    if (response.body) response.headers.push({ name: 'content-type', value: 'application/sdp' });
    const to = response.headers.find(({ name }) => name === 'to')!;
    if (options.toTag !== undefined) to.value = to.value.replace(/;tag=.*/, options.toTag && `;tag=${options.toTag}`);
    this.layer.respond(structuredClone(response));
  }

  /** Accepts a REGISTER with the binding that it asks for. */
  acceptRegister(request: ReceivedMessage, options: { headers?: string[] } = {}): void {
    this.respond(request, 200, {
      headers: [`Contact: ${headerValue(request.message, 'contact')}`, ...(options.headers ?? [])],
    });
  }

  /** Answers every REGISTER with 200, until the test ends. */
  acceptAllRegisters(): void {
    this.arrived.event((received) => {
      if (received.message.method === 'REGISTER') this.acceptRegister(received);
    });
  }

  /** From now on says yes to whatever would keep a phone from going. */
  letGo(): void {
    const answer = (received: ReceivedMessage) => {
      if (['BYE', 'CANCEL'].includes(received.message.method) && received.message.kind === 'request')
        this.respond(received, 200);
    };
    for (const received of this.requests.slice(this.taken)) answer(received);
    this.arrived.event(answer);
  }

  send(to: ReceivedMessage['flow'], lines: readonly string[], body = ''): void {
    const type = body && !lines.some((line) => /^content-type:/i.test(line)) ? ['Content-Type: application/sdp'] : [];
    this.layer.send(to, messageOf([...lines, ...type], body));
  }

  close(): Promise<void> {
    return this.layer.close();
  }
}
