import { describe, expect, it } from 'vitest';
import { CallRecorder } from './call-recorder.ts';
import { FakeMediaRecorder } from './fake-media-recorder.ts';

function build(options: { cannot?: boolean } = {}) {
  const recorder = new FakeMediaRecorder();
  const sent: unknown[] = [];
  const failures: unknown[] = [];
  const clock = { now: 1000, tick: () => {}, ticking: false };
  let closed = false;
  const mixer = {
    stream: {} as MediaStream,
    setVoices: (voices: unknown) => sent.push(['voices', voices]),
    createMeter: () => ({ read: (elapsed: number) => Uint8Array.from([elapsed / 100, 0]) }),
    close: () => (closed = true),
  };
  const upload = {
    add: (piece: Blob, peaks: Uint8Array) => sent.push(['piece', piece.size, ...peaks]),
    finish: async (length: number) => void sent.push(['finish', length]),
  };
  const make = () =>
    new CallRecorder({
      mixer: mixer as never,
      upload: upload as never,
      createRecorder: () => {
        if (options.cannot) throw new DOMException('', 'NotSupportedError');
        return recorder as never;
      },
      now: () => clock.now,
      every: (_milliseconds, run) => {
        Object.assign(clock, { tick: run, ticking: true });
        return () => (clock.ticking = false);
      },
      onFailed: (error) => failures.push(error),
    });
  return { recorder, sent, failures, clock, make, closed: () => closed };
}

describe('the recorder of a call', () => {
  it('sends a piece about every second, with the wave form measured since the last one', async () => {
    const { recorder, sent, clock, make } = build();
    make();
    expect(recorder.timeslice).toBe(1000);
    clock.now += 300;
    clock.tick();
    clock.now += 700;
    recorder.give(new Blob(['12345']));
    clock.now += 500;
    recorder.give(new Blob(['123']));
    expect(sent).toEqual([
      ['piece', 5, 3, 0, 10, 0],
      ['piece', 3, 15, 0],
    ]);
  });

  it('sends the last piece and the length when it is stopped, and lets everything go', async () => {
    const { sent, clock, make, closed } = build();
    const recorder = make();
    clock.now += 2500;
    await Promise.all([recorder.stop(), recorder.stop()]);
    expect(sent).toEqual([
      ['piece', 3, 25, 0],
      ['finish', 2500],
    ]);
    expect(closed()).toBe(true);
    expect(clock.ticking).toBe(false);
  });

  it('ends with what there is when the browser gives up, and says so', async () => {
    const { recorder, sent, failures, make } = build();
    const own = make();
    recorder.fail();
    await own.stop();
    expect(failures).toMatchObject([{ code: 'recording.failed' }]);
    expect(sent.at(-1)).toEqual(['finish', 0]);
  });

  it('says that the browser cannot record, and leaves nothing open at the agent', () => {
    const { sent, make } = build({ cannot: true });
    expect(make).toThrow('recording.failed');
    expect(sent).toEqual([['finish', 0]]);
  });
});
