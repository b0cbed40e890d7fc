import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { Emitter } from '#core/foundation/index.ts';
import { within } from './until.ts';

/** An event of baresip's ctrl_tcp module, e.g. `{ type: 'CALL_ESTABLISHED', direction: 'incoming', … }`. */
export interface BaresipEvent {
  type: string;
  class: string;
  accountaor?: string;
  direction?: 'incoming' | 'outgoing';
  peeruri?: string;
  id?: string;
  param?: string;
}

interface Response {
  response: true;
  ok: boolean;
  data: string;
  token: string;
}

/** Commands and events over baresip's ctrl_tcp: JSON in netstrings (`length:json,`). */
export class BaresipControl {
  readonly onEvent;
  private readonly emitter = new Emitter<BaresipEvent>();
  private readonly pending = new Map<string, (response: Response) => void>();
  private readonly socket: Socket;
  private buffer = Buffer.alloc(0);
  private lastToken = 0;

  private constructor(socket: Socket) {
    this.onEvent = this.emitter.event;
    this.socket = socket;
    socket.on('data', (chunk) => this.read(chunk));
    socket.on('error', () => socket.destroy());
  }

  static connect(where: NetConnectOpts): Promise<BaresipControl> {
    return new Promise((resolve, reject) => {
      const socket = connect(where, () => resolve(new BaresipControl(socket)));
      socket.once('error', reject);
    });
  }

  /** Runs a command of baresip's menu, e.g. `dial`. Rejects when baresip refuses it. */
  async command(command: string, params = ''): Promise<string> {
    const token = String(++this.lastToken);
    const answered = new Promise<Response>((resolve) => this.pending.set(token, resolve));
    const json = Buffer.from(JSON.stringify({ command, params, token }));
    this.socket.write(Buffer.concat([Buffer.from(`${json.length}:`), json, Buffer.from(',')]));
    const response = await within(5000, `baresip answers ${command}`, answered);
    if (!response.ok) throw new Error(`baresip refuses ${command} ${params}: ${response.data}`);
    return response.data;
  }

  close(): void {
    this.socket.destroy();
    this.emitter.dispose();
  }

  private read(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const colon = this.buffer.indexOf(':');
      if (colon < 0) return;
      const length = Number(this.buffer.toString('latin1', 0, colon));
      const end = colon + 1 + length;
      if (this.buffer.length <= end) return;
      const message = JSON.parse(this.buffer.toString('utf8', colon + 1, end)) as Response | (BaresipEvent & { response?: never });
      this.buffer = this.buffer.subarray(end + 1);
      if (message.response) this.settle(message);
      else this.emitter.fire(message);
    }
  }

  private settle(response: Response): void {
    this.pending.get(response.token)?.(response);
    this.pending.delete(response.token);
  }
}
