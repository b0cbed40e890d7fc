import type { WebSocket } from 'ws';
import { FlowBase, type FlowDescription, type FlowOwner } from './flow-base.ts';

const maximumBacklog = 1_048_576;

/** A WebSocket that carries one SIP message in each frame (RFC 7118). */
export class WebSocketFlow extends FlowBase {
  private readonly socket: WebSocket;

  constructor(owner: FlowOwner, description: FlowDescription, socket: WebSocket) {
    super(owner, description);
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.heard();
      // Some clients send CRLF keep-alives as a frame of their own; answer as on a stream.
      if (data.length <= 4 && data.toString('latin1').trim() === '') {
        if (data.length === 4) this.send('\r\n');
      } else owner.received(this, data);
    });
    socket.on('pong', () => this.heard());
    socket.on('ping', () => this.heard());
    socket.on('error', (error) => this.finish(error));
    socket.on('close', (code) => this.finish(new Error(`the WebSocket is closed (${code})`)));
  }

  send(message: string): void {
    if (this.closed) return;
    this.socket.send(message);
    if (this.socket.bufferedAmount > maximumBacklog) this.finish(new Error('the peer does not read'));
  }

  ping(): void {
    if (!this.closed && this.socket.readyState === this.socket.OPEN) this.socket.ping();
  }

  protected release(): void {
    this.socket.close(1000);
    const timer = this.owner.clock.after(1000, () => this.socket.terminate());
    this.socket.once('close', () => timer.dispose());
  }
}
