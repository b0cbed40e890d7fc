import { OffhookError } from '#contract/errors.ts';

/** Beyond the end of any recording, in seconds: a seek to there has the browser read the file through. */
const beyondEnd = 1e9;

function next(sound: HTMLMediaElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    sound.addEventListener(event, () => resolve(), { once: true });
    const failed = () => reject(new OffhookError('recording.unplayable', { detail: sound.error?.message || null }));
    sound.addEventListener('error', failed, { once: true });
  });
}

/**
 * Makes a sound ready to be played from any place. What MediaRecorder writes says nowhere how long it is, and cannot
 * be sought in before its end was looked for (https://crbug.com/642012).
 * Gives the length in seconds; rejects with `recording.unplayable`.
 */
export async function openSound(sound: HTMLMediaElement, address: string): Promise<number> {
  const loaded = next(sound, 'loadedmetadata');
  sound.src = address;
  await loaded;
  if (!Number.isFinite(sound.duration)) {
    const measured = next(sound, 'seeked');
    sound.currentTime = beyondEnd;
    await measured;
    const length = Number.isFinite(sound.duration) ? sound.duration : sound.currentTime;
    const back = next(sound, 'seeked');
    sound.currentTime = 0;
    await back;
    return length;
  }
  return sound.duration;
}
