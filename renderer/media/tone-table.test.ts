import { describe, expect, it } from 'vitest';
import { cycleMilliseconds, tones } from './tone-table.ts';

describe('the tones', () => {
  it('ring back as Russian exchanges do: 425 Hz, a second on, four off', () => {
    expect(tones.ringback.steps).toEqual([
      { frequencies: [425], milliseconds: 1000 },
      { frequencies: [], milliseconds: 4000 },
    ]);
  });

  it('are busy as Russian exchanges are: 425 Hz, 0.35 s on and off', () => {
    expect(tones.busy.steps).toEqual([
      { frequencies: [425], milliseconds: 350 },
      { frequencies: [], milliseconds: 350 },
    ]);
  });

  it('rest between rings, so that a caller can be heard over the phone', () => {
    const silent = tones.ring.steps.filter((step) => step.frequencies.length === 0);
    expect(silent.reduce((sum, step) => sum + step.milliseconds, 0)).toBeGreaterThan(cycleMilliseconds(tones.ring) / 2);
  });

  it('never sound louder than full scale', () => {
    for (const tone of Object.values(tones)) expect(tone.level).toBeLessThanOrEqual(1);
  });
});
