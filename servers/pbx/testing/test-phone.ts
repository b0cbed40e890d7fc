import { createHash, randomBytes } from 'node:crypto';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { headerValue, headerValues, type SipMessage } from '#core/sip/messages/sip-message.ts';
import { RetransmittingPort } from '#core/sip/retransmission/index.ts';
import { SipTransportLayer, viaProtocol, type SipFlow, type SipProtocol } from '#core/sip/transports/index.ts';
import type { Pbx } from '#servers/pbx/composition-root.ts';
import { composeCompanion, composeRequest, composeResponse, type Body, type HeaderList } from '#servers/pbx/sip/compose-message.ts';

export interface TestPhoneOptions {
  pbx: Pbx;
  protocol?: Exclude<SipProtocol, 'wss'>;
  extension: string;
  password: string;
}

const token = () => randomBytes(8).toString('hex');
const hash = (algorithm: string, text: string) => createHash(algorithm === 'MD5' ? 'md5' : 'sha256').update(text).digest('hex');

/** A phone that does what a test says, message by message. */
export class TestPhone {
  readonly extension: string;
  password: string;
  readonly flow: SipFlow;
  /** Everything received, in order. */
  readonly received: SipMessage[] = [];
  readonly host: string;
  private readonly layer: SipTransportLayer;
  private readonly port: RetransmittingPort;
  private readonly tag = token();
  private readonly waiting = new Set<{ fits: (message: SipMessage) => boolean; resolve: (message: SipMessage) => void }>();
  private readonly sent: SipMessage[] = [];
  private sequence = 0;
  private readonly taken = new Set<SipMessage>();

  static async open({ pbx, protocol = 'udp', extension, password }: TestPhoneOptions): Promise<TestPhone> {
    const layer = new SipTransportLayer({ clock: systemClock, logger: silentLogger });
    const { sipHost, udpPort, tcpPort, tlsPort, wsPort } = pbx.addresses;
    const port = { udp: udpPort, tcp: tcpPort, tls: tlsPort, ws: wsPort }[protocol]!;
    const flow = await layer.connect({ protocol, remote: { address: sipHost, port }, path: '/ws', verifyCertificate: false });
    return new TestPhone(layer, flow, extension, password, `${sipHost}:${port}`);
  }

  private constructor(layer: SipTransportLayer, flow: SipFlow, extension: string, password: string, host: string) {
    this.layer = layer;
    this.flow = flow;
    this.extension = extension;
    this.password = password;
    this.host = host;
    this.port = new RetransmittingPort(layer, { clock: systemClock });
    this.port.onMessage(({ message }) => this.take(message));
  }

  get contact(): string {
    return `<sip:${this.extension}@${this.flow.local.address}:${this.flow.local.port}>`;
  }

  /** The next message that fits and was not handed out yet, here already or to come within 3 s. */
  next(what: string, fits: (message: SipMessage) => boolean): Promise<SipMessage> {
    const known = this.received.find((message) => !this.taken.has(message) && fits(message));
    if (known) {
      this.taken.add(known);
      return Promise.resolve(known);
    }
    return new Promise((resolve, reject) => {
      const entry = {
        fits,
        resolve: (message: SipMessage) => {
          clearTimeout(timer);
          resolve(message);
        },
      };
      const timer = setTimeout(() => {
        this.waiting.delete(entry);
        reject(new Error(`${this.extension} waited in vain for ${what}; got ${this.received.map(({ startLine }) => startLine).join(' | ')}`));
      }, 3000);
      this.waiting.add(entry);
    });
  }

  nextRequest(method: string): Promise<SipMessage> {
    return this.next(method, (message) => message.kind === 'request' && message.method === method);
  }

  response(to: SipMessage, least = 200): Promise<SipMessage> {
    const key = headerValue(to, 'cseq');
    const callId = headerValue(to, 'call-id');
    return this.next(`a response to ${key}`, (message) => message.kind === 'response' && headerValue(message, 'cseq') === key && headerValue(message, 'call-id') === callId && message.status >= least);
  }

  /** Sends without waiting. */
  send(method: string, uri: string, options: { headers?: HeaderList; body?: Body | null; callId?: string; to?: string; from?: string; sequence?: number } = {}): SipMessage {
    this.sequence += 1;
    const request = composeRequest(
      method,
      uri,
      [
        ['From', options.from ?? `<sip:${this.extension}@${this.host}>;tag=${this.tag}`],
        ['To', options.to ?? `<${uri}>`],
        ['Call-ID', options.callId ?? token()],
        ['CSeq', `${options.sequence ?? this.sequence} ${method}`],
        ['Contact', this.contact],
        ...(options.headers ?? []),
      ],
      options.body ?? null,
    );
    const { address, port } = this.flow.local;
    request.headers.unshift({ name: 'via', value: `SIP/2.0/${viaProtocol(this.flow.protocol)} ${address}:${port};branch=z9hG4bK${token()};rport` });
    this.sent.push(request);
    this.port.send(this.flow, request);
    return request;
  }

  lastSent(method: string): SipMessage {
    return this.sent.filter((message) => message.method === method).at(-1)!;
  }

  /** Sends, answers a challenge, and resolves with the final response to the last try. */
  async ask(method: string, uri: string, options: Parameters<TestPhone['send']>[2] = {}): Promise<{ request: SipMessage; response: SipMessage }> {
    const callId = options.callId ?? token();
    const first = this.send(method, uri, { ...options, callId });
    const challenge = await this.response(first);
    if (challenge.status !== 401 && challenge.status !== 407) return { request: first, response: challenge };
    if (method === 'INVITE') this.acknowledgeRefusal(first, challenge);
    const request = this.send(method, uri, { ...options, callId, headers: [...(options.headers ?? []), this.credentials(challenge, method, uri)] });
    return { request, response: await this.response(request) };
  }

  /** @param count nc, to send one twice */
  credentials(challenge: SipMessage, method: string, uri: string, count = 1): readonly [string, string] {
    const isProxy = challenge.status === 407;
    const value = headerValues(challenge, isProxy ? 'proxy-authenticate' : 'www-authenticate')[0]!;
    const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(value)?.[1] ?? '';
    const [realm, nonce, algorithm] = [field('realm'), field('nonce'), field('algorithm')];
    const nc = count.toString(16).padStart(8, '0');
    const ha1 = hash(algorithm, `${this.extension}:${realm}:${this.password}`);
    const response = hash(algorithm, `${ha1}:${nonce}:${nc}:c:auth:${hash(algorithm, `${method}:${uri}`)}`);
    return [
      isProxy ? 'Proxy-Authorization' : 'Authorization',
      `Digest username="${this.extension}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=${algorithm}, cnonce="c", nc=${nc}, qop=auth`,
    ];
  }

  /** By when its answer is here, the PBX has read whatever was sent before. */
  async exchangeOptions(): Promise<void> {
    await this.response(this.send('OPTIONS', `sip:${this.host}`));
  }

  async register(expires = 300): Promise<SipMessage> {
    const { response } = await this.ask('REGISTER', `sip:${this.host}`, {
      to: `<sip:${this.extension}@${this.host}>`,
      headers: [['Expires', String(expires)]],
    });
    return response;
  }

  respond(request: SipMessage, status: number, reason: string, options: { headers?: HeaderList; body?: Body | null } = {}): void {
    const headers: HeaderList = [['Contact', this.contact], ...(options.headers ?? [])];
    this.port.respond(composeResponse(request, status, reason, { ...options, headers, tag: status === 100 ? null : this.tag }));
  }

  acknowledgeRefusal(invite: SipMessage, response: SipMessage): void {
    this.port.send(this.flow, composeCompanion('ACK', invite, headerValue(response, 'to')!));
  }

  cancel(invite: SipMessage): void {
    this.port.send(this.flow, composeCompanion('CANCEL', invite, headerValue(invite, 'to')!));
  }

  /** ACK, BYE or re-INVITE in the dialog of an INVITE that we sent. */
  sendInDialog(method: string, answer: SipMessage, options: { headers?: HeaderList; body?: Body | null } = {}): SipMessage {
    const sequence = method === 'ACK' ? Number.parseInt(headerValue(answer, 'cseq')!, 10) : undefined;
    return this.send(method, uriOfContact(answer), { ...options, callId: headerValue(answer, 'call-id')!, to: headerValue(answer, 'to')!, from: headerValue(answer, 'from')!, sequence });
  }

  /** The same in the dialog of an INVITE that we answered. */
  sendBack(method: string, invite: SipMessage, options: { headers?: HeaderList; body?: Body | null } = {}): SipMessage {
    return this.send(method, uriOfContact(invite), {
      ...options,
      callId: headerValue(invite, 'call-id')!,
      to: headerValue(invite, 'from')!,
      from: `${headerValue(invite, 'to')!};tag=${this.tag}`,
    });
  }

  /** Any text at all. */
  sendRaw(text: string): void {
    this.flow.send(text);
  }

  async close(): Promise<void> {
    for (const entry of this.waiting) this.waiting.delete(entry);
    this.port.dispose();
    await this.layer.close();
    this.layer.dispose();
  }

  private take(message: SipMessage): void {
    this.received.push(message);
    for (const entry of this.waiting) {
      if (!entry.fits(message)) continue;
      this.waiting.delete(entry);
      this.taken.add(message);
      return entry.resolve(message);
    }
  }
}

function uriOfContact(message: SipMessage): string {
  return /<([^>]+)>/.exec(headerValue(message, 'contact') ?? '')![1]!;
}

