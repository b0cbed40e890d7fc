import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { DemoAccount, ToStarter } from '../messages.ts';
import { StarterLink } from './starter-link.ts';

const demo: DemoAccount = { account: { user: '201', domain: '127.0.0.1' }, password: 'p', echo: '600', menu: '700' };

/** Stands in for a process with an IPC pipe to its parent. */
class FakeProcess extends EventEmitter {
  readonly sent: ToStarter[] = [];
  connected = true;
  send(message: ToStarter): void {
    this.sent.push(message);
  }
}

it('asks the starter for the built-in exchange, and tells it of the test call', async () => {
  const channel = new FakeProcess();
  const starter = new StarterLink(channel);
  const asked = starter.demo();
  channel.emit('message', { kind: 'demo', demo });
  expect(await asked).toEqual(demo);
  expect(starter.tell({ kind: 'test-call', answeredAfter: 1, toneAfter: 2 })).toBe(true);
  expect(channel.sent.map(({ kind }) => kind)).toEqual(['demo-wanted', 'test-call']);
});

it('has no exchange where nobody started us, or when the starter goes away', async () => {
  const alone = new EventEmitter() as EventEmitter & { connected: boolean };
  alone.connected = false;
  expect(await new StarterLink(alone).demo()).toBeNull();
  const channel = new FakeProcess();
  const asked = new StarterLink(channel).demo();
  channel.emit('disconnect');
  expect(await asked).toBeNull();
});
