/** Hz of the rendered sound. */
export const musicRate = 48_000;
/** s; a whole number of 20 ms frames. */
const beat = 0.5;
const beatsInBar = 4;

// Eight quiet bars in D major: for each a bass note and the notes of its chord, as MIDI numbers.
const bars: { bass: number; chord: [number, number, number] }[] = [
  { bass: 50, chord: [66, 69, 74] },
  { bass: 47, chord: [66, 71, 74] },
  { bass: 43, chord: [67, 71, 74] },
  { bass: 45, chord: [64, 69, 73] },
  { bass: 54, chord: [66, 69, 73] },
  { bass: 47, chord: [66, 71, 74] },
  { bass: 52, chord: [67, 71, 76] },
  { bass: 45, chord: [64, 69, 73] },
];
// One melody note a half bar; 0 is a rest.
const melody = [78, 0, 76, 74, 71, 74, 76, 0, 78, 81, 78, 74, 79, 78, 76, 0];

const frequency = (note: number) => 440 * 2 ** ((note - 69) / 12);

/**
 * Hold music of our own, bounded to what a telephone carries: a plucked arpeggio, a soft bass, a slow melody. Tails that
 * run past the end begin again at the start, so that it loops without a seam.
 */
export function composeMusic(): Float32Array {
  const length = Math.round(bars.length * beatsInBar * beat * musicRate);
  const sound = new Float32Array(length);
  bars.forEach(({ bass, chord }, bar) => {
    const start = bar * beatsInBar * beat;
    add(sound, start, frequency(bass + 12), 2.2, 0.16, [1, 0.5, 0.2]);
    const pattern = [chord[0], chord[1], chord[2], chord[1]];
    for (let step = 0; step < beatsInBar * 2; step += 1)
      add(sound, start + (step * beat) / 2, frequency(pattern[step % 4]!), 0.9, 0.1, [1, 0.35, 0.15, 0.08]);
  });
  melody.forEach((note, index) => {
    if (note > 0) add(sound, index * beat * 2, frequency(note), 1.8, 0.13, [1, 0.12, 0.05]);
  });
  return sound;
}

/** @param seconds until it has faded to a thousandth */
function add(sound: Float32Array, start: number, pitch: number, seconds: number, level: number, partials: number[]): void {
  const first = Math.round(start * musicRate);
  const samples = Math.round(seconds * musicRate);
  const attack = 0.012 * musicRate;
  for (let index = 0; index < samples; index += 1) {
    const envelope = Math.min(1, index / attack) * Math.exp((-6.9 * index) / samples);
    let value = 0;
    partials.forEach((weight, partial) => (value += weight * Math.sin((2 * Math.PI * pitch * (partial + 1) * index) / musicRate)));
    const at = (first + index) % sound.length;
    sound[at] = sound[at]! + level * envelope * value;
  }
}
