import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/** A bound UDP socket that sends to literal addresses without a trip through the resolver. */
export class UdpSocket {
  readonly address: string;
  readonly port: number;
  /** Called for each datagram; the buffer is fresh. */
  onMessage: (message: Buffer, source: RemoteInfo) => void = () => {};
  /** Sends that failed, with the system's code: ECONNREFUSED and the like are no reason to give up. */
  onError: (error: Error) => void = () => {};
  private readonly socket: Socket;
  private closed = false;

  /** Rejects with the system's error (EADDRINUSE, EADDRNOTAVAIL). */
  static bind(address: string, port: number): Promise<UdpSocket> {
    const type = isIPv6(address) ? 'udp6' : 'udp4';
    const socket = createSocket({
      type,
      // Without this every send would go through dns.lookup and the next tick.
      lookup: (host, _options, done) => done(null, host, type === 'udp6' ? 6 : 4),
    });
    return new Promise((resolve, reject) => {
      socket.once('error', (error) => {
        socket.close();
        reject(error);
      });
      socket.bind({ address, port, exclusive: true }, () => {
        socket.removeAllListeners('error');
        resolve(new UdpSocket(socket, address));
      });
    });
  }

  private constructor(socket: Socket, address: string) {
    this.socket = socket;
    this.address = address;
    this.port = socket.address().port;
    socket.on('message', (message, source) => this.onMessage(message, source));
    socket.on('error', (error) => this.onError(error));
  }

  send(buffer: Buffer, length: number, port: number, address: string): void {
    if (this.closed) return;
    this.socket.send(buffer, 0, length, port, address, this.sent);
  }

  private readonly sent = (error: Error | null): void => {
    if (error) this.onError(error);
  };

  /** Lets the process end though the socket is open. */
  unref(): void {
    this.socket.unref();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.onMessage = () => {};
    this.socket.close();
  }
}
