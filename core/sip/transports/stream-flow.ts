import type { Socket } from 'node:net';
import { FlowBase, type FlowDescription, type FlowOwner } from './flow-base.ts';
import { StreamFramer } from './stream-framing.ts';

// A peer that reads nothing must not make us hold its answers for ever.
const maximumBacklog = 1_048_576;

/** A TCP or TLS connection that carries framed SIP messages. */
export class StreamFlow extends FlowBase {
  private readonly socket: Socket;
  private readonly framer = new StreamFramer();
  private lineEnds = 0;

  /** @param socket connected, secured and without listeners of its own */
  constructor(owner: FlowOwner, description: FlowDescription, socket: Socket) {
    super(owner, description);
    this.socket = socket;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error) => this.finish(error));
    socket.on('end', () => this.finish(new Error('the peer closed the connection')));
    socket.on('close', () => this.finish(new Error('the connection is closed')));
  }

  send(message: string): void {
    if (this.closed) return;
    this.socket.write(message);
    if (this.socket.writableLength > maximumBacklog) this.finish(new Error('the peer does not read'));
  }

  ping(): void {
    if (!this.closed) this.socket.write('\r\n\r\n');
  }

  protected release(): void {
    // Lets what was written last (an answer, an un-REGISTER) still go out, but never waits long for the peer.
    this.socket.end();
    const timer = this.owner.clock.after(1000, () => this.socket.destroy());
    this.socket.once('close', () => timer.dispose());
  }

  private read(chunk: Buffer): void {
    if (this.closed) return;
    this.heard();
    for (const framed of this.framer.feed(chunk)) {
      if (framed.kind === 'line-end') this.countLineEnd();
      else {
        this.lineEnds = 0;
        if (framed.kind === 'message') this.owner.received(this, framed.bytes);
        else {
          this.owner.broken(this, framed.cause, framed.head);
          this.finish(new Error(framed.cause));
        }
      }
    }
  }

  /** RFC 5626 4.4.1: a double CRLF of the side that connected is answered with a single one. */
  private countLineEnd(): void {
    if (this.role !== 'accepted') return;
    this.lineEnds += 1;
    if (this.lineEnds < 2) return;
    this.lineEnds = 0;
    this.socket.write('\r\n');
  }
}
