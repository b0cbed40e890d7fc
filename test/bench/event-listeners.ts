import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';

/** Called with each event's name and its data as JSON text. */
export type OnEvent = (name: string, data: string) => void;

/** A listener of the API that does next to nothing with what it hears. @returns what ends it */
export async function listenByStream({ port, secret }: LocalApiAccess, onEvent: OnEvent): Promise<() => void> {
  const sent = request({
    host: '127.0.0.1',
    port,
    path: '/v1/events',
    agent: false,
    headers: { Authorization: `Bearer ${secret}` },
  });
  sent.on('error', () => {});
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [event, , data] = block.split('\n');
      if (event?.startsWith('event: ') && data) onEvent(event.slice(7), data.slice(6));
    }
  });
  response.on('error', () => {});
  return () => sent.destroy();
}

export async function listenBySocket({ port, secret }: LocalApiAccess, onEvent: OnEvent): Promise<() => void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/events`, {
    headers: { Authorization: `Bearer ${secret}` },
    perMessageDeflate: false,
  });
  socket.on('error', () => {});
  socket.on('message', (message) => {
    const text = String(message);
    const name = /"event":"([\w.]+)"/.exec(text)?.[1] ?? '';
    onEvent(name, text.slice(text.indexOf('"data":') + 7, -1));
  });
  await once(socket, 'open');
  return () => socket.terminate();
}
