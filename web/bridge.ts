import { WebSocket } from 'ws';
import type { ClientPort } from '#core/bridge/index.ts';
import { Emitter, type Logger } from '#core/foundation/index.ts';

/** A window that reads nothing is let go of before its queue eats the memory. */
const longestQueue = 8 * 1024 * 1024;

/** One window's WebSocket as the agent sees it: JSON texts both ways (contract/ipc). The agent validates what they say. */
export function webSocketClient(socket: WebSocket, logger: Logger): ClientPort {
  const messages = new Emitter<unknown>();
  const closed = new Emitter<void>();
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(1003, 'text only');
    const text = String(data);
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      // The parser's own words quote what was sent, which may be a password.
      logger.warn('a window sent what is not JSON', { characters: text.length });
      return socket.close(1007, 'not JSON');
    }
    messages.fire(message);
  });
  socket.on('error', (error) => logger.warn('a window broke the protocol', { error: error.message }));
  socket.on('close', () => {
    closed.fire();
    messages.dispose();
    closed.dispose();
  });
  return {
    onMessage: messages.event,
    onClosed: closed.event,
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > longestQueue) return socket.terminate();
      socket.send(JSON.stringify(message));
    },
  };
}
