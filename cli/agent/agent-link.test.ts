import { expect, it, vi } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { english } from '../words/english.ts';
import { AnnouncedAgentLink } from './agent-link.ts';
import type { FoundAgent } from './find-agent.ts';

const ready: FoundAgent = { state: 'ready', access: { port: 1, secret: 's' } };

/** A link over what the test says; time passes by itself, quickly. */
function link(given: { find: () => FoundAgent; starter?: null; ends?: number; answers?: () => boolean }) {
  const clock = new FakeClock();
  const said: string[] = [];
  const started: boolean[] = [];
  const announced = new AnnouncedAgentLink({
    find: async () => given.find(),
    starter: () =>
      given.starter === null
        ? null
        : {
            start: ({ window }) => {
              started.push(window);
              return given.ends === undefined ? new Promise(() => {}) : Promise.resolve(given.ends);
            },
          },
    words: english,
    say: (line) => void said.push(line),
    clock,
    answers: async () => given.answers?.() ?? true,
  });
  const connect = async (policy: 'no' | 'hidden' | 'window') => {
    const connected = announced.connect(policy);
    let over = false;
    connected.then(
      () => (over = true),
      () => (over = true),
    );
    while (!over) {
      await vi.waitFor(() => expect(over || clock.pendingTimers > 0).toBe(true), { interval: 1 });
      clock.advance(50);
      await Promise.resolve();
    }
    return await connected;
  };
  return { connect, said, started, clock };
}

it('takes the agent that is announced and listens', async () => {
  const { connect, started } = link({ find: () => ready });
  expect(await connect('window')).toMatchObject({ started: false });
  expect(started).toEqual([]);
});

it('starts it when it is not there, with a word when that takes longer than a second', async () => {
  let looks = 0;
  const { connect, said, started } = link({ find: () => (looks++ < 40 ? { state: 'absent' } : ready) });
  expect(await connect('hidden')).toMatchObject({ started: true });
  expect({ said, started }).toEqual({ said: [english.starting], started: [false] });
});

it('takes an announcement that a crash has left for none', async () => {
  let looks = 0;
  const { connect, started } = link({
    find: () => (looks++ === 1 ? { state: 'absent' } : ready),
    answers: () => started.length > 0,
  });
  await expect(connect('window')).resolves.toMatchObject({ started: true });
  expect(started).toEqual([true]);
});

it('says that it is not running where it may not be started, or cannot', async () => {
  await expect(link({ find: () => ({ state: 'absent' }) }).connect('no')).rejects.toMatchObject({
    message: english.notRunning,
    exitCode: 3,
  });
  await expect(link({ find: () => ({ state: 'absent' }), starter: null }).connect('hidden')).rejects.toThrow(
    english.cannotStart,
  );
});

it('gives up when it ends by itself, or is not ready in fifteen seconds', async () => {
  await expect(link({ find: () => ({ state: 'absent' }), ends: 1 }).connect('hidden')).rejects.toMatchObject({
    message: english.startFailed(1),
    exitCode: 3,
  });
  const slow = link({ find: () => ({ state: 'absent' }) });
  await expect(slow.connect('hidden')).rejects.toThrow(english.startTimedOut(15));
  expect(slow.clock.monotonic()).toBeGreaterThanOrEqual(15_000);
});

it('says that the access is off where the agent runs without it', async () => {
  const { connect, started } = link({ find: () => ({ state: 'starting' }) });
  await expect(connect('window')).rejects.toMatchObject({ message: english.apiIsOff, exitCode: 3 });
  expect(started).toEqual([]);
});
