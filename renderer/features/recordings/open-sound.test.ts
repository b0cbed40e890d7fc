import { describe, expect, it } from 'vitest';
import { FakeSound } from './fake-sound.ts';
import { openSound } from './open-sound.ts';

describe('opening a sound', () => {
  it('gives the length that the file tells', async () => {
    expect(await openSound(new FakeSound() as never, 'blob:x')).toBe(72);
  });

  it('looks for the end of a file that does not tell, and goes back to its beginning', async () => {
    const sound = Object.assign(new FakeSound(), { length: 12.5, tellsLength: false });
    expect(await openSound(sound as never, 'blob:x')).toBe(12.5);
    expect(sound.currentTime).toBe(0);
  });

  it('says that a file cannot be played, with the words of the browser', async () => {
    const sound = Object.assign(new FakeSound(), { length: null });
    await expect(openSound(sound as never, 'blob:x')).rejects.toMatchObject({
      code: 'recording.unplayable',
      detail: 'DEMUXER_ERROR_COULD_NOT_OPEN',
    });
  });
});
