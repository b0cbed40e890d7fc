import type { ServerResponse } from 'node:http';
import { WebSocket } from 'ws';
import type { ApiCaller } from './api-caller.ts';
import type { EventListener, WrittenEvent } from './event-hub.ts';

/** Bytes that may wait for one that does not read; then it is let go before its queue eats the memory. */
export const longestQueue = 256 * 1024;

const lifeSign = Buffer.from(': still here\n\n');

/** Listens with server-sent events (WHATWG HTML 9.2). */
export function streamListener(response: ServerResponse, { programId, scopes }: ApiCaller): EventListener {
  // The end of the stream is the end of the connection: no chunks around each event.
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.flushHeaders();
  const write = (bytes: Buffer) => {
    if (response.destroyed) return;
    if (response.writableLength > longestQueue) response.destroy();
    else response.write(bytes);
  };
  return {
    programId,
    scopes,
    send: ({ block }: WrittenEvent) => write(block),
    beat: () => write(lifeSign),
    close: () => void response.end(),
  };
}

/** Listens with a WebSocket (RFC 6455). What it says is not asked for. */
export function socketListener(socket: WebSocket, { programId, scopes }: ApiCaller): EventListener {
  let answered = true;
  socket.on('pong', () => (answered = true));
  socket.on('message', () => socket.close(1003, 'events only'));
  return {
    programId,
    scopes,
    send({ text }: WrittenEvent) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > longestQueue) socket.terminate();
      else socket.send(text, { binary: false });
    },
    beat() {
      if (!answered) return socket.terminate();
      answered = false;
      socket.ping();
    },
    close: () => socket.close(1001, 'no longer allowed'),
  };
}
