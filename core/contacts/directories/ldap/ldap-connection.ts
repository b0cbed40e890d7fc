import type { Socket } from 'node:net';
import { UnbindRequest, type SearchRequest } from 'ldapts';
import { OffhookError } from '#contract/errors.ts';
import { systemClock, toDisposable, type Disposable } from '#core/foundation/index.ts';
import { socketFailure } from './ldap-failures.ts';
import { readEntryName, readMessage, type LdapMessage } from './ldap-message.ts';
import type { LdapSurroundings } from './ldap-socket.ts';
import { MessageFrames, type Frame } from './message-frames.ts';

/** What ldapts can write. */
export type Request = Pick<SearchRequest, 'messageId' | 'write'>;

/** `oversized`: an entry that is too long to be taken. */
export type Received = LdapMessage | { kind: 'oversized'; id: number; dn: string };

/** Bytes of messages that wait to be taken before the server is made to wait. */
const mostWaiting = 1024 * 1024;

/**
 * Messages over one socket, one request after the other. In the place of ldapts's own client, which keeps a whole
 * answer in memory, forgets it when the server breaks off, connects again by itself in clear where StartTLS was asked
 * for, and waits in vain where no LDAP is spoken.
 */
export class LdapConnection {
  private readonly host: string;
  private readonly around: LdapSurroundings;
  private socket: Socket;
  private frames = new MessageFrames();
  private readonly waiting: Frame[] = [];
  private waitingBytes = 0;
  private wake: (() => void) | null = null;
  private failure: OffhookError | null = null;
  private listening: Disposable = toDisposable(() => undefined);
  private lastId = 0;

  constructor(socket: Socket, host: string, around: LdapSurroundings) {
    this.host = host;
    this.around = around;
    this.socket = socket;
    this.listen(socket);
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  send(request: Request): void {
    if (this.failure) throw this.failure;
    this.socket.write(request.write());
  }

  /** The next message of any request. Rejects with a `directory.*` code. */
  async receive(): Promise<Received> {
    for (;;) {
      const frame = this.waiting.shift();
      if (frame) {
        this.waitingBytes -= frame.bytes.length;
        return this.read(frame);
      }
      if (this.failure) throw this.failure;
      if (this.socket.isPaused()) this.socket.resume();
      await this.more();
    }
  }

  /** Goes on over another socket made of this one. Refuses what was said in clear beside the server's consent. */
  async upgrade(wrap: (socket: Socket) => Promise<Socket>): Promise<void> {
    this.listening.dispose();
    if (this.waiting.length > 0 || !this.frames.empty) throw this.badAnswer('words in clear before TLS');
    this.socket = await wrap(this.socket);
    this.frames = new MessageFrames();
    this.listen(this.socket);
  }

  /** Says goodbye, where there is somebody to hear it. */
  close(): void {
    this.listening.dispose();
    this.socket.on('error', () => undefined);
    if (this.failure || this.socket.destroyed) return;
    this.socket.write(new UnbindRequest({ messageId: this.nextId() }).write());
    this.socket.destroySoon();
    this.failure = new OffhookError('directory.cancelled');
  }

  badAnswer(detail: string): OffhookError {
    return new OffhookError('directory.bad-answer', { values: { host: this.host }, detail: `LDAP: ${detail}` });
  }

  private listen(socket: Socket): void {
    const { signal } = this.around;
    const heard = (chunk: Buffer) => this.heard(chunk);
    const failed = (error: Error) => this.fail(socketFailure(this.host, error));
    const closed = () => this.fail(socketFailure(this.host, new Error('the connection was closed')));
    const aborted = () => {
      this.waiting.length = 0;
      this.fail(new OffhookError('directory.cancelled'));
    };
    socket.on('data', heard).on('error', failed).on('close', closed);
    signal.addEventListener('abort', aborted);
    this.listening = toDisposable(() => {
      socket.off('data', heard).off('error', failed).off('close', closed);
      signal.removeEventListener('abort', aborted);
    });
    if (signal.aborted) aborted();
  }

  private heard(chunk: Buffer): void {
    try {
      for (const frame of this.frames.push(chunk)) {
        this.waiting.push(frame);
        this.waitingBytes += frame.bytes.length;
      }
    } catch (error) {
      this.fail(this.badAnswer(error instanceof Error ? error.message : String(error)));
    }
    if (this.waitingBytes > mostWaiting) this.socket.pause();
    this.wake?.();
  }

  private fail(failure: OffhookError): void {
    this.failure ??= failure;
    this.socket.destroy();
    this.wake?.();
  }

  /** Until something was heard, of a message or of the connection's end. */
  private async more(): Promise<void> {
    const { host } = this;
    await new Promise<void>((resolve) => {
      const late = () => this.fail(new OffhookError('directory.timed-out', { values: { host }, detail: 'no answer' }));
      const timer = systemClock.after(this.around.waits.answer, late);
      this.wake = () => {
        timer.dispose();
        this.wake = null;
        resolve();
      };
    });
  }

  private read({ bytes, whole }: Frame): Received {
    try {
      return whole ? readMessage(bytes) : { kind: 'oversized', ...readEntryName(bytes) };
    } catch (error) {
      throw this.badAnswer(error instanceof Error ? error.message : String(error));
    }
  }
}
