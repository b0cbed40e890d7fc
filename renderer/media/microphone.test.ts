import { describe, expect, it } from 'vitest';
import type { OffhookError } from '#contract/errors.ts';
import { Microphone } from './microphone.ts';

class FakeTrack extends EventTarget {
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

function build() {
  const tracks: FakeTrack[] = [];
  const asked: MediaStreamConstraints[] = [];
  const timers: (() => void)[] = [];
  let failure: DOMException | null = null;
  const devices = {
    async getUserMedia(constraints: MediaStreamConstraints) {
      asked.push(constraints);
      if (failure) throw failure;
      const track = new FakeTrack();
      tracks.push(track);
      return { getAudioTracks: () => [track] } as unknown as MediaStream;
    },
  };
  const microphone = new Microphone({ devices, setTimer: (callback) => timers.push(callback) });
  const problems: (string | null)[] = [];
  microphone.onProblem((problem) => problems.push(problem?.code ?? null));
  const expire = () => timers.splice(0).forEach((run) => run());
  const fail = (name: string) => (failure = new DOMException('', name));
  return { microphone, tracks, asked, problems, expire, fail, heal: () => (failure = null) };
}

describe('the microphone', () => {
  it('is opened once for all calls, in mono and with echo cancellation', async () => {
    const { microphone, asked } = build();
    await Promise.all([microphone.acquire(), microphone.acquire()]);
    expect(asked).toEqual([
      { audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true }, video: false },
    ]);
  });

  it('is closed some seconds after the last call, not before', async () => {
    const { microphone, tracks, expire } = build();
    await microphone.acquire();
    await microphone.acquire();
    microphone.release();
    expire();
    expect(tracks[0]?.stopped).toBe(false);
    microphone.release();
    expect(tracks[0]?.stopped).toBe(false);
    expire();
    expect(tracks[0]?.stopped).toBe(true);
    expect(microphone.track).toBeNull();
  });

  it('stays open for a call that begins while it lingers', async () => {
    const { microphone, tracks, expire } = build();
    await microphone.acquire();
    microphone.release();
    await microphone.acquire();
    expire();
    expect(tracks).toHaveLength(1);
    expect(tracks[0]?.stopped).toBe(false);
  });

  it.each([
    ['NotAllowedError', 'audio.microphone-refused'],
    ['NotFoundError', 'audio.no-microphone'],
    ['NotReadableError', 'audio.microphone-busy'],
    ['SomethingNew', 'audio.failed'],
  ])('says %s as %s', async (name, code) => {
    const { microphone, problems, fail } = build();
    fail(name);
    const error = (await microphone.acquire().catch((failure: unknown) => failure)) as OffhookError;
    expect(error.code).toBe(code);
    expect(problems).toEqual([code]);
  });

  it('can be had after it was refused, and the problem is gone then', async () => {
    const { microphone, problems, fail, heal } = build();
    fail('NotAllowedError');
    await microphone.acquire().catch(() => null);
    heal();
    await microphone.acquire();
    expect(problems).toEqual(['audio.microphone-refused', null]);
  });

  it('is opened anew when the device is changed in a call, by wish and not by force', async () => {
    const { microphone, asked, tracks } = build();
    await microphone.acquire();
    await microphone.useDevice('headset');
    expect(tracks.map((track) => track.stopped)).toEqual([true, false]);
    expect(asked[1]?.audio).toMatchObject({ deviceId: { ideal: 'headset' } });
  });

  it('is closed again when permission comes after the call that asked for it', async () => {
    const { microphone, tracks, expire } = build();
    const asking = microphone.acquire();
    microphone.release();
    expire();
    await asking;
    expect(tracks[0]?.stopped).toBe(true);
    expect(microphone.track).toBeNull();
  });

  it('is opened anew when it was unplugged in a call', async () => {
    const { microphone, tracks } = build();
    await microphone.acquire();
    tracks[0]?.dispatchEvent(new Event('ended'));
    await new Promise((resolve) => queueMicrotask(() => resolve(null)));
    expect(tracks).toHaveLength(2);
  });
});
