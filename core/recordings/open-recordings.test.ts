import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { MemoryRecordingStore } from './memory-recording-store.ts';
import { OpenRecordings } from './open-recordings.ts';

const window = {};
const bytes = (...values: number[]) => new Uint8Array(values);

function build() {
  const recordings = new MemoryRecordingStore();
  const clock = new FakeClock();
  const live = new Set(['call']);
  const isLive = (callId: string) => live.has(callId);
  const open = new OpenRecordings({ recordings, clock, logger: silentLogger, newId: randomUUID, isLive });
  return { recordings, clock, live, open };
}

/** Lets what was asked for in passing be done. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('recordings that are being made', () => {
  it('are of a call that is up, from its first piece to its last', async () => {
    const { open, recordings, clock } = build();
    const id = await open.start('call', window);
    await open.append(id, window, 0, bytes(1), bytes(10, 20, 30, 5));
    await open.append(id, window, 1, bytes(2), bytes(40, 50));
    await open.finish(id, window, 290);
    expect(await recordings.list('call')).toMatchObject([
      { state: 'complete', bytes: 2, durationMilliseconds: 290, startedAt: clock.now(), source: 'computer' },
    ]);
    expect(await recordings.peaks(id)).toEqual(bytes(10, 20, 30, 5, 40, 50));
  });

  it('are refused for a call that this phone does not have, and a second time by the same window', async () => {
    const { open } = build();
    await expect(open.start('other', window)).rejects.toMatchObject({ code: 'call.unknown' });
    await open.start('call', window);
    await expect(open.start('call', window)).rejects.toMatchObject({ code: 'call.not-possible-now' });
    await open.start('call', {});
  });

  it('take pieces of the window that makes them alone', async () => {
    const { open } = build();
    const id = await open.start('call', window);
    await expect(open.append(id, {}, 0, bytes(1), bytes())).rejects.toMatchObject({ code: 'recording.unknown' });
    await expect(open.finish(id, {}, 1)).rejects.toMatchObject({ code: 'recording.unknown' });
    await open.append(id, window, 0, bytes(1), bytes());
  });

  it('stay as far as they came when their window goes, as long as their wave form says', async () => {
    const { open, recordings } = build();
    const id = await open.start('call', window);
    await open.append(id, window, 0, bytes(1), bytes(1, 1, 2, 2, 3, 3));
    open.leave({});
    open.leave(window);
    await settle();
    expect(await recordings.list('call')).toMatchObject([{ state: 'complete', durationMilliseconds: 300 }]);
  });

  it('wait a little for the last piece after the call, and no longer', async () => {
    const { open, recordings, clock } = build();
    const id = await open.start('call', window);
    open.ended('call');
    await open.append(id, window, 0, bytes(1), bytes(1, 1));
    clock.advance(5000);
    await settle();
    expect(await recordings.list('call')).toMatchObject([{ state: 'complete', bytes: 1 }]);
    await expect(open.append(id, window, 1, bytes(1), bytes())).rejects.toMatchObject({ code: 'recording.unknown' });
  });

  it('end at a full disk with what there is, and the window hears of it', async () => {
    const { open, recordings } = build();
    const id = await open.start('call', window);
    await open.append(id, window, 0, bytes(1), bytes(1, 1));
    recordings.failure = new OffhookError('recording.disk-full');
    await expect(open.append(id, window, 1, bytes(2), bytes(1, 1))).rejects.toMatchObject({
      code: 'recording.disk-full',
    });
    expect(await recordings.list('call')).toMatchObject([{ state: 'complete', bytes: 1, durationMilliseconds: 100 }]);
  });

  it('are all closed when the agent stops, without a timer left', async () => {
    const { open, recordings, clock } = build();
    const id = await open.start('call', window);
    await open.append(id, window, 0, bytes(1), bytes());
    open.ended('call');
    await open.closeAll();
    open.dispose();
    expect(await recordings.list('call')).toMatchObject([{ state: 'complete' }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('keep the loudest of an hour in a wave form that fits into one message', async () => {
    const { open, recordings } = build();
    const id = await open.start('call', window);
    const minute = new Uint8Array(1200).fill(3);
    const loud = minute.slice();
    loud.set([200, 100], 600);
    for (let at = 0; at < 240; at += 1) await open.append(id, window, at, bytes(1), at === 120 ? loud : minute);
    await open.finish(id, window, 240 * 60_000);
    const wave = (await recordings.peaks(id))!;
    expect(wave).toHaveLength(8000);
    expect([...wave.filter((_, at) => at % 2 === 0)].filter((peak) => peak === 200)).toHaveLength(1);
    expect(wave.indexOf(200) / wave.length).toBeCloseTo(120.5 / 240, 3);
    expect(Math.min(...wave)).toBe(3);
  });
});
