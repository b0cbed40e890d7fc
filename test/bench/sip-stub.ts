import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { within } from '#test/support/until.ts';

/** A SIP message that arrived. @property at ns of CLOCK_MONOTONIC */
export interface Arrival {
  at: bigint;
  start: string;
  text: string;
  from: RemoteInfo;
}

export function header(text: string, name: string): string {
  return new RegExp(`^${name}\\s*:\\s*(.*?)\\r?$`, 'im').exec(text)?.[1] ?? '';
}

/** An answer to a request, from the headers that RFC 3261 8.2.6 has copied. */
export function answerTo(text: string, status: string, extra: string[] = [], body = ''): string {
  const vias = text.split('\r\n').filter((line) => /^(v|via)\s*:/i.test(line));
  const to = header(text, '(?:to|t)');
  return [
    `SIP/2.0 ${status}`,
    ...vias,
    `From: ${header(text, '(?:from|f)')}`,
    `To: ${to}${/;tag=/i.test(to) ? '' : ';tag=stub'}`,
    `Call-ID: ${header(text, '(?:call-id|i)')}`,
    `CSeq: ${header(text, 'cseq')}`,
    ...extra,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/**
 * The least that a phone takes for a PBX, on a UDP socket: registers everyone, refuses every INVITE with 404, and notes
 * to the nanosecond when what arrives. It does next to nothing, so that what is measured is the phone.
 */
export class SipStub {
  port = 0;
  /** Where the last REGISTER came from, by the user of its To. */
  readonly phones = new Map<string, RemoteInfo>();
  private readonly socket: Socket = createSocket('udp4');
  private readonly waiting = new Set<(arrival: Arrival) => void>();

  async start(): Promise<void> {
    this.socket.on('message', (data, from) => this.receive({ at: process.hrtime.bigint(), start: '', text: data.toString(), from }));
    await new Promise<void>((resolve) => this.socket.bind(0, '127.0.0.1', resolve));
    this.port = this.socket.address().port;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.socket.close(resolve));
  }

  send(text: string, to: { address: string; port: number }): void {
    this.socket.send(text, to.port, to.address);
  }

  /** The next message that fits. */
  next(what: string, fits: (arrival: Arrival) => boolean, timeout = 5000): Promise<Arrival> {
    let listener = (_arrival: Arrival) => {};
    const come = new Promise<Arrival>((resolve) => {
      listener = (arrival) => fits(arrival) && resolve(arrival);
      this.waiting.add(listener);
    });
    return within(timeout, what, come).finally(() => this.waiting.delete(listener));
  }

  private receive(arrival: Arrival): void {
    arrival.start = arrival.text.slice(0, arrival.text.indexOf('\r\n'));
    for (const listener of [...this.waiting]) listener(arrival);
    const { text, from, start } = arrival;
    if (start.startsWith('REGISTER ')) {
      this.phones.set(/sip:([^@]+)@/.exec(header(text, '(?:to|t)'))?.[1] ?? '', from);
      this.send(answerTo(text, '200 OK', [`Contact: ${header(text, '(?:contact|m)')};expires=3600`, 'Expires: 3600']), from);
    }
    if (start.startsWith('INVITE ')) this.send(answerTo(text, '404 Not Found'), from);
    if (/^(BYE|OPTIONS|CANCEL) /.test(start)) this.send(answerTo(text, '200 OK'), from);
  }
}
