/** One stretch of a tone: frequencies in Hz sounded together (none is silence), and how long in ms. */
export interface ToneStep {
  frequencies: readonly number[];
  milliseconds: number;
}

export interface Tone {
  steps: readonly ToneStep[];
  /** False for a tone that sounds once. */
  repeats: boolean;
  /** 0–1 of full scale; the ring is scaled by the user's volume on top. */
  level: number;
}

const silence = (milliseconds: number): ToneStep => ({ frequencies: [], milliseconds });
const sound = (frequencies: readonly number[], milliseconds: number): ToneStep => ({ frequencies, milliseconds });

/**
 * Every sound the phone makes. Ringback, busy and call waiting are Russia's (GOST 28384: 425 Hz; ringback 1 s on and
 * 4 s off, busy 0.35 s on and off); the ring is ours: two soft warbles, then a rest.
 */
export const tones = {
  ringback: { steps: [sound([425], 1000), silence(4000)], repeats: true, level: 0.12 },
  busy: { steps: [sound([425], 350), silence(350)], repeats: true, level: 0.12 },
  callWaiting: { steps: [sound([950], 200), silence(100), sound([950], 200), silence(5500)], repeats: true, level: 0.08 },
  ring: {
    steps: [
      ...Array.from({ length: 8 }, (_, index) => sound(index % 2 === 0 ? [880, 1320] : [988, 1480], 60)),
      silence(220),
      ...Array.from({ length: 8 }, (_, index) => sound(index % 2 === 0 ? [880, 1320] : [988, 1480], 60)),
      silence(2300),
    ],
    repeats: true,
    level: 0.5,
  },
  test: { steps: [sound([440], 400), silence(100), sound([660], 400)], repeats: false, level: 0.2 },
} as const satisfies Record<string, Tone>;

export type ToneName = keyof typeof tones;

export function cycleMilliseconds(tone: Tone): number {
  return tone.steps.reduce((sum, step) => sum + step.milliseconds, 0);
}
