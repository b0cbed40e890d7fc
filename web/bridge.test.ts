import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { silentLogger, type Logger } from '#core/foundation/index.ts';
import { webSocketClient } from './bridge.ts';

it('logs of a message that cannot be read its length alone: a password may be in it', () => {
  const lines: unknown[] = [];
  const logger: Logger = { ...silentLogger, warn: (message, fields) => lines.push([message, fields]) };
  const closings: number[] = [];
  const socket = Object.assign(new EventEmitter(), { close: (code: number) => closings.push(code) });
  webSocketClient(socket as unknown as WebSocket, logger);
  socket.emit('message', Buffer.from('hunter2, a password'), false);
  expect(closings).toEqual([1007]);
  expect(lines).toEqual([['a window sent what is not JSON', { characters: 19 }]]);
});
