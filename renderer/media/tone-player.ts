import { cycleMilliseconds, tones } from './tone-table.ts';
import type { Tone, ToneName, ToneStep } from './tone-table.ts';

/** Fades in and out of a step, in seconds: without them every edge clicks. */
const fadeSeconds = 0.008;
/** Scheduled ahead this far, so that a busy or hidden window (timers at 1 Hz) leaves no gap. */
const aheadSeconds = 4;
const blockedRetryMilliseconds = 200;

/** Plays the table's tones on one output device by Web Audio. */
export class TonePlayer {
  readonly #context: AudioContext;
  readonly #setTimer: (callback: () => void, milliseconds: number) => unknown;
  #output: GainNode | null = null;
  #playing: ToneName | null = null;
  #run = 0;

  constructor(context: AudioContext, setTimer: (callback: () => void, milliseconds: number) => unknown) {
    this.#context = context;
    this.#setTimer = setTimer;
  }

  get playing(): ToneName | null {
    return this.#playing;
  }

  /** False while the browser forbids sound: it asks for a click first. */
  get audible(): boolean {
    return this.#context.state === 'running';
  }

  /** Tries to sound; inside a click it succeeds. */
  async unlock(): Promise<boolean> {
    // resume() stays pending for as long as sound is blocked: one turn of patience is enough to know.
    await Promise.race([this.#context.resume(), new Promise<void>((resolve) => this.#setTimer(resolve, 150))]);
    return this.audible;
  }

  /** @param deviceId as enumerateDevices tells; empty for the system's own choice */
  async useDevice(deviceId: string): Promise<void> {
    const context = this.#context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
    // The device may be gone: then the sound stays where it is.
    await context.setSinkId?.(deviceId).catch(() => null);
  }

  /** @param volume 0–1 on top of the table's level */
  play(name: ToneName, volume = 1): void {
    if (this.#playing === name) {
      if (this.#output) this.#output.gain.value = tones[name].level * volume;
      return;
    }
    this.stop();
    this.#playing = name;
    const output = this.#context.createGain();
    output.gain.value = tones[name].level * volume;
    output.connect(this.#context.destination);
    this.#output = output;
    void this.#context.resume();
    this.#schedule(tones[name], output, ++this.#run, this.#context.currentTime + 0.02);
  }

  stop(): void {
    this.#run++;
    this.#playing = null;
    const output = this.#output;
    this.#output = null;
    if (!output) return;
    output.gain.setTargetAtTime(0, this.#context.currentTime, fadeSeconds);
    this.#setTimer(() => output.disconnect(), 100);
  }

  #schedule(tone: Tone, output: GainNode, run: number, from: number): void {
    if (run !== this.#run) return;
    if (!this.audible) {
      // The clock of a blocked context stands still: what is scheduled now would all sound at once later.
      this.#setTimer(() => this.#schedule(tone, output, run, 0), blockedRetryMilliseconds);
      return;
    }
    let at = Math.max(from, this.#context.currentTime);
    const until = this.#context.currentTime + aheadSeconds;
    const cycle = cycleMilliseconds(tone) / 1000;
    do {
      let start = at;
      for (const step of tone.steps) {
        this.#sound(step, start, output);
        start += step.milliseconds / 1000;
      }
      at += cycle;
    } while (tone.repeats && at < until);
    const again = Math.max(50, (at - this.#context.currentTime - 1) * 1000);
    if (tone.repeats) this.#setTimer(() => this.#schedule(tone, output, run, at), again);
    else this.#setTimer(() => run === this.#run && this.stop(), again + 1000);
  }

  #sound(step: ToneStep, start: number, output: GainNode): void {
    const end = start + step.milliseconds / 1000;
    for (const frequency of step.frequencies) {
      const oscillator = this.#context.createOscillator();
      const envelope = this.#context.createGain();
      oscillator.frequency.value = frequency;
      envelope.gain.setValueAtTime(0, start);
      envelope.gain.linearRampToValueAtTime(1 / step.frequencies.length, start + fadeSeconds);
      envelope.gain.setValueAtTime(1 / step.frequencies.length, end - fadeSeconds);
      envelope.gain.linearRampToValueAtTime(0, end);
      oscillator.connect(envelope).connect(output);
      oscillator.start(start);
      oscillator.stop(end);
    }
  }
}
