import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { PortBridge } from './port-bridge.ts';

const open: MessagePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));

function channel(bridge: PortBridge): MessagePort {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  bridge.attach({
    postMessage: (message) => port1.postMessage(message),
    onMessage: (listener) => void port1.on('message', listener),
    onClose: (listener) => void port1.on('close', listener),
  });
  return port2;
}

describe('the bridge over a MessagePort', () => {
  it('brings each answer to the call that asked', async () => {
    const bridge = new PortBridge();
    const agent = channel(bridge);
    const asked: { id: number; command: string }[] = [];
    agent.on('message', (message: { id: number; command: string }) => {
      asked.push(message);
      // Answered in the other order.
      if (asked.length === 2) for (const { id, command } of [...asked].reverse()) agent.postMessage({ id, result: { callId: command } });
    });
    const first = bridge.call('calls.redial', {});
    const second = bridge.call('calls.place', { text: '600' });
    expect(await first).toEqual({ callId: 'calls.redial' });
    expect(await second).toEqual({ callId: 'calls.place' });
  });

  it('rejects with the coded error that the agent sent', async () => {
    const bridge = new PortBridge();
    const agent = channel(bridge);
    agent.on('message', ({ id }: { id: number }) => agent.postMessage({ id, error: { code: 'line.none', values: {}, detail: null } }));
    await expect(bridge.call('calls.redial', {})).rejects.toMatchObject({ code: 'line.none' });
  });

  it('tells each listener of events until it stops listening', async () => {
    const bridge = new PortBridge();
    const agent = channel(bridge);
    const heard: unknown[] = [];
    const stop = bridge.on('audio.close', (payload) => heard.push(payload));
    const arrived = new Promise<void>((resolve) => void bridge.on('audio.owner', () => resolve()));
    agent.postMessage({ event: 'audio.close', payload: { callId: 'a' } });
    agent.postMessage({ event: 'audio.owner', payload: { you: true } });
    await arrived;
    expect(heard).toEqual([{ callId: 'a' }]);
    stop();
    const again = new Promise<void>((resolve) => void bridge.on('audio.owner', () => resolve()));
    agent.postMessage({ event: 'audio.close', payload: { callId: 'b' } });
    agent.postMessage({ event: 'audio.owner', payload: { you: true } });
    await again;
    expect(heard).toHaveLength(1);
  });

  it('rejects what is pending when the agent dies, and is open again on a new port', async () => {
    const bridge = new PortBridge();
    const states: string[] = [];
    bridge.onConnection((state) => states.push(state));
    await expect(bridge.call('calls.redial', {})).rejects.toMatchObject({ code: 'bridge.closed' });
    const agent = channel(bridge);
    const pending = bridge.call('calls.redial', {});
    agent.close();
    await expect(pending).rejects.toMatchObject({ code: 'bridge.closed' });
    channel(bridge);
    expect(states).toEqual(['open', 'lost', 'open']);
  });

  it('tells a listener that comes late that it is open already', () => {
    const bridge = new PortBridge();
    channel(bridge);
    const states: string[] = [];
    bridge.onConnection((state) => states.push(state));
    expect(states).toEqual(['open']);
  });
});
