import type { Clock, Disposable } from '#core/foundation/index.ts';
import type { AudioStream } from '../rtp/audio-stream.ts';
import { frameLength, frameSamples, type Prompt } from './prompt.ts';

/** ms behind the schedule after which frames are given up: the far end's jitter buffer has long gone on. */
const givenUpAfter = 200;

/**
 * Plays a prompt into a stream, a frame every 20 ms on an absolute schedule, so that late timers do not add up.
 * @param options.loop for hold music
 * @param options.onEnd once, after the last frame's time; never after `dispose`
 */
export function playPrompt(
  stream: AudioStream,
  prompt: Prompt,
  clock: Clock,
  options: { loop?: boolean; onEnd?: () => void } = {},
): Disposable {
  const samples = frameSamples(prompt.codec);
  let start = clock.monotonic();
  let played = 0;
  let timer: Disposable | null = null;
  const step = () => {
    const now = clock.monotonic();
    if (now - (start + played * frameLength) > givenUpAfter) start = now - played * frameLength;
    while (start + played * frameLength <= now) {
      const frame = prompt.frames[options.loop ? played % prompt.frames.length : played];
      if (!frame) return void options.onEnd?.();
      stream.sendFrame(frame, samples);
      played++;
    }
    timer = clock.after(Math.max(1, start + played * frameLength - now), step);
  };
  timer = clock.after(0, step);
  return { dispose: () => timer?.dispose() };
}
