import { describe, expect, it } from 'vitest';
import { settle } from '#renderer/gallery/test-window.ts';
import { WebSocketBridge } from './websocket-bridge.ts';

class FakeSocket extends EventTarget {
  readonly sent: { id: number; command: string; args: unknown }[] = [];
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  receive(message: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }
  open(): void {
    this.dispatchEvent(new Event('open'));
  }
  close(code = 1006): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

function build(options: { refused?: boolean } = {}) {
  const sockets: FakeSocket[] = [];
  const delays: number[] = [];
  const timers: (() => void)[] = [];
  const bridge = new WebSocketBridge({
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    isRefused: async () => options.refused ?? false,
    setTimer: (callback, milliseconds) => {
      delays.push(milliseconds);
      timers.push(callback);
    },
  });
  const states: string[] = [];
  bridge.onConnection((state) => states.push(state));
  bridge.onRefused(() => states.push('refused'));
  bridge.start();
  return { bridge, sockets, delays, states, expire: () => timers.splice(0).forEach((run) => run()) };
}

describe('the bridge over a WebSocket', () => {
  it('sends a command and gives its own answer back, in whatever order answers come', async () => {
    const { bridge, sockets } = build();
    sockets[0]!.open();
    const first = bridge.call('lines.list', {});
    const second = bridge.call('calls.list', {});
    expect(sockets[0]!.sent).toEqual([
      { id: 1, command: 'lines.list', args: {} },
      { id: 2, command: 'calls.list', args: {} },
    ]);
    sockets[0]!.receive({ id: 2, result: ['second'] });
    sockets[0]!.receive({ id: 1, result: ['first'] });
    expect([await first, await second]).toEqual([['first'], ['second']]);
  });

  it('rejects with the coded error that the agent gave', async () => {
    const { bridge, sockets } = build();
    sockets[0]!.open();
    const call = bridge.call('calls.redial', {});
    sockets[0]!.receive({ id: 1, error: { code: 'line.none', values: {}, detail: null } });
    await expect(call).rejects.toMatchObject({ code: 'line.none' });
  });

  it('hands events to those who listen, until they stop', () => {
    const { bridge, sockets } = build();
    sockets[0]!.open();
    const heard: boolean[] = [];
    const stop = bridge.on('audio.owner', ({ you }) => heard.push(you));
    sockets[0]!.receive({ event: 'audio.owner', payload: { you: true } });
    stop();
    sockets[0]!.receive({ event: 'audio.owner', payload: { you: false } });
    expect(heard).toEqual([true]);
  });

  it('fails what waits when the agent goes away, and what is asked meanwhile', async () => {
    const { bridge, sockets, states } = build();
    sockets[0]!.open();
    const waiting = bridge.call('lines.list', {});
    sockets[0]!.close();
    await expect(waiting).rejects.toMatchObject({ code: 'bridge.closed' });
    await expect(bridge.call('lines.list', {})).rejects.toMatchObject({ code: 'bridge.closed' });
    expect(states).toEqual(['open', 'lost']);
  });

  it('connects again, slower each time, and never slower than every two seconds', async () => {
    const { sockets, delays, expire, states } = build();
    for (let attempt = 0; attempt < 7; attempt++) {
      sockets.at(-1)!.close();
      await settle();
      expire();
    }
    expect(delays).toEqual([100, 200, 400, 800, 1600, 2000, 2000]);
    sockets.at(-1)!.open();
    sockets.at(-1)!.close();
    await settle();
    expect(delays.at(-1)).toBe(100);
    expect(states).toEqual(['open', 'lost']);
  });

  it('gives up when its session is refused', async () => {
    const { sockets, delays, states } = build({ refused: true });
    sockets[0]!.close();
    await settle();
    expect(states).toEqual(['refused']);
    expect(delays).toEqual([]);
  });
});
