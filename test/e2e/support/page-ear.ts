import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** How far a pure tone stands out of everything else that arrives, dB: speech and music never do by 15. */
    offhookEar: (frequency: number) => number;
  }
}

/** Before the page's own scripts: every remote track is also led to an analyser. */
export async function giveEar(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const analysers = new Map<MediaStreamTrack, AnalyserNode>();
    let context: AudioContext | null = null;
    const listen = (track: MediaStreamTrack) => {
      context ??= new AudioContext();
      void context.resume();
      const analyser = context.createAnalyser();
      analyser.fftSize = 4096;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      analysers.set(track, analyser);
      track.addEventListener('ended', () => analysers.delete(track));
    };
    const Native = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('track', (event) => listen(event.track));
        this.addEventListener('connectionstatechange', () => {
          if (this.connectionState !== 'closed') return;
          for (const receiver of this.getReceivers()) analysers.delete(receiver.track);
        });
      }
    };
    window.offhookEar = (frequency) => {
      let best = 0;
      for (const analyser of analysers.values()) {
        const spectrum = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(spectrum);
        const width = analyser.context.sampleRate / analyser.fftSize;
        let [tone, rest] = [-Infinity, -Infinity];
        for (let bin = Math.round(200 / width); bin < 3600 / width; bin += 1) {
          if (Math.abs(bin * width - frequency) <= 60) tone = Math.max(tone, spectrum[bin]!);
          else rest = Math.max(rest, spectrum[bin]!);
        }
        if (tone > -60) best = Math.max(best, tone - Math.max(rest, -120));
      }
      return best;
    };
  });
}

/** Resolves when the tone stands out of all that arrives; gives the ms it took. */
export async function hears(page: Page, frequency: number, timeout = 8_000): Promise<number> {
  const from = performance.now();
  await page.waitForFunction((hertz) => window.offhookEar(hertz) > 15, frequency, { polling: 20, timeout });
  return performance.now() - from;
}

/** Resolves once the tone has been away for a whole half second. */
export async function hearsNoMore(page: Page, frequency: number, timeout = 5_000): Promise<void> {
  const end = performance.now() + timeout;
  while (!(await hearsNot(page, frequency, 500)))
    if (performance.now() > end) throw new Error(`${frequency} Hz is still heard`);
}

/** True when the tone was never there within `milliseconds`. */
export function hearsNot(page: Page, frequency: number, milliseconds: number): Promise<boolean> {
  return page.evaluate(
    ([hertz, length]) =>
      new Promise<boolean>((resolve) => {
        const end = performance.now() + length!;
        const look = () => {
          if (window.offhookEar(hertz!) > 15) resolve(false);
          else if (performance.now() > end) resolve(true);
          else requestAnimationFrame(look);
        };
        look();
      }),
    [frequency, milliseconds] as const,
  );
}
