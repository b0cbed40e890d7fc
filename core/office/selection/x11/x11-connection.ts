import { readFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Emitter } from '#core/foundation/index.ts';
import { cookieName, findCookie, parseDisplay } from './x11-authority.ts';

/** Bytes of what every message of the server begins with. */
const head = 32;
const genericEvent = 35;
const handshakePatience = 2_000;

const padded = (length: number) => (length + 3) & ~3;

interface Setup {
  root: number;
  idBase: number;
  /** Bytes that one request may have. */
  longestRequest: number;
}

/** The X protocol, version 11, as far as selections need it: requests, replies, errors, events (X.Org, x11protocol). */
export class X11Connection {
  private readonly socket: net.Socket;
  private readonly events = new Emitter<Buffer>();
  private readonly pending = new Map<number, PromiseWithResolvers<Buffer>>();
  private received: Buffer = Buffer.alloc(0);
  private sequence = 0;
  private lastId = 0;
  private ended: Error | null = null;
  setup: Setup = { root: 0, idBase: 0, longestRequest: 0 };

  readonly onEvent = this.events.event;

  private constructor(socket: net.Socket) {
    this.socket = socket;
  }

  /** Rejects when there is no such display on this computer, or it does not let us in. */
  static async open(environment: NodeJS.ProcessEnv): Promise<X11Connection> {
    const display = parseDisplay(environment['DISPLAY'] ?? '');
    if (!display) throw new Error('no display of this computer');
    const { host, number } = display;
    const file = environment['XAUTHORITY'] || path.join(os.homedir(), '.Xauthority');
    const authority = await readFile(file).catch(() => Buffer.alloc(0));
    const socket = host === 'unix' ? net.connect(`/tmp/.X11-unix/X${number}`) : net.connect(6000 + number, '127.0.0.1');
    const connection = new X11Connection(socket);
    await connection.handshake(findCookie(authority, number));
    return connection;
  }

  newId(): number {
    this.lastId += 1;
    return this.setup.idBase + this.lastId;
  }

  /** @param body whole words of 4 bytes, behind the header */
  send(opcode: number, detail: number, body: Buffer): void {
    const header = Buffer.alloc(4);
    header.writeUInt8(opcode, 0);
    header.writeUInt8(detail, 1);
    header.writeUInt16LE(1 + body.length / 4, 2);
    this.sequence = (this.sequence + 1) & 0xffff;
    this.socket.write(Buffer.concat([header, body]));
  }

  /** As `send`, for a request that is answered. */
  ask(opcode: number, detail: number, body: Buffer): Promise<Buffer> {
    if (this.ended) return Promise.reject(this.ended);
    this.send(opcode, detail, body);
    const asked = Promise.withResolvers<Buffer>();
    this.pending.set(this.sequence, asked);
    return asked.promise;
  }

  close(): void {
    this.end(new Error('closed'));
    this.socket.destroy();
  }

  private end(error: Error): void {
    this.ended ??= error;
    for (const asked of this.pending.values()) asked.reject(error);
    this.pending.clear();
  }

  private async handshake(cookie: Buffer): Promise<void> {
    const name = cookie.length > 0 ? Buffer.from(cookieName, 'latin1') : Buffer.alloc(0);
    const header = Buffer.alloc(12);
    header.write('l', 0, 'latin1');
    header.writeUInt16LE(11, 2);
    header.writeUInt16LE(name.length, 6);
    header.writeUInt16LE(cookie.length, 8);
    const fill = (part: Buffer) => Buffer.concat([part, Buffer.alloc(padded(part.length) - part.length)]);
    this.socket.write(Buffer.concat([header, fill(name), fill(cookie)]));
    const answered = Promise.withResolvers<Setup>();
    this.socket.setTimeout(handshakePatience, () => this.socket.destroy(new Error('the display does not answer')));
    this.socket.on('error', (error) => answered.reject(error));
    this.socket.on('close', () => {
      const gone = new Error('the display is gone');
      answered.reject(gone);
      this.end(gone);
    });
    this.socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
      if (this.setup.longestRequest === 0 && !this.readSetup(answered)) return;
      this.readMessages();
    });
    await answered.promise;
    this.socket.setTimeout(0);
  }

  private readSetup(answered: PromiseWithResolvers<Setup>): boolean {
    const { received } = this;
    if (received.length < 8) return false;
    const length = 8 + received.readUInt16LE(6) * 4;
    if (received.length < length) return false;
    if (received.readUInt8(0) !== 1) {
      answered.reject(new Error('the display does not let us in'));
      return false;
    }
    const [vendor, formats] = [received.readUInt16LE(24), received.readUInt8(29)];
    const screen = 40 + padded(vendor) + formats * 8;
    this.setup = {
      root: received.readUInt32LE(screen),
      idBase: received.readUInt32LE(12),
      longestRequest: received.readUInt16LE(26) * 4,
    };
    this.received = received.subarray(length);
    answered.resolve(this.setup);
    return true;
  }

  private readMessages(): void {
    while (this.received.length >= head) {
      const kind = this.received.readUInt8(0);
      const isLong = kind === 1 || (kind & 0x7f) === genericEvent;
      const length = head + (isLong ? this.received.readUInt32LE(4) * 4 : 0);
      if (this.received.length < length) return;
      const message = this.received.subarray(0, length);
      this.received = this.received.subarray(length);
      if (kind > 1) this.events.fire(message);
      else this.settle(message, kind === 0);
    }
  }

  private settle(message: Buffer, failed: boolean): void {
    const asked = this.pending.get(message.readUInt16LE(2));
    this.pending.delete(message.readUInt16LE(2));
    // Requests without an answer fail without anybody waiting: a window that asked for the clipboard is gone.
    if (failed) asked?.reject(new Error(`X error ${message.readUInt8(1)}`));
    else asked?.resolve(message);
  }
}
