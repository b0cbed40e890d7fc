import { OffhookError } from '#contract/errors.ts';
import type { AgentBridge } from '#contract/ipc/index.ts';
import { defaultSettings, type Settings } from '#contract/settings.ts';

/** An agent as the main process sees it: answers what a test says, and keeps what it was asked. */
export function fakeBridge(settings: Partial<Settings> = {}) {
  const calls: { command: string; args: unknown }[] = [];
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const connections = new Set<(state: 'open' | 'lost') => void>();
  let isOpen = false;
  let registered = true;
  let failure: OffhookError | null = null;
  const lines = () => [{ registration: { state: registered ? 'registered' : 'registering' } }];
  const bridge = {
    async call(command: string, args: unknown) {
      if (!isOpen) throw new OffhookError('bridge.closed');
      if (command === 'session.open') return { settings: { ...defaultSettings, ...settings }, lines: lines() };
      calls.push({ command, args });
      if (failure) throw failure;
      return {};
    },
    on(event: string, listener: (payload: never) => void) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => all.delete(listener);
    },
    onConnection(listener: (state: 'open' | 'lost') => void) {
      connections.add(listener);
      if (isOpen) listener('open');
      return () => connections.delete(listener);
    },
  } as unknown as AgentBridge;
  const emit = (event: string, payload: unknown) =>
    listeners.get(event)?.forEach((listener) => listener(payload as never));
  return {
    bridge,
    asked: () => calls.filter(({ command }) => command === 'dialRequests.open').map(({ args }) => args),
    connect(open = true) {
      isOpen = open;
      connections.forEach((listener) => listener(open ? 'open' : 'lost'));
    },
    change: (changes: Partial<Settings>) =>
      emit('settings.changed', { settings: { ...defaultSettings, ...settings, ...changes } }),
    fail: (error: OffhookError | null) => (failure = error),
    setRegistered(now: boolean) {
      registered = now;
      emit('lines.changed', { lines: lines() });
    },
    emit,
  };
}

/** Lets promises that are settled go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
