import type { CDPSession, Page } from '@playwright/test';

/**
 * A page that nobody has touched. Playwright's own looks count as a click to the browser, which would let sound in;
 * the browser's protocol can look without.
 */
export class UntouchedPage {
  private readonly session: CDPSession;

  private constructor(session: CDPSession) {
    this.session = session;
  }

  static async open(page: Page, address: string): Promise<UntouchedPage> {
    // Everything that is led to a loudspeaker is led to an analyser as well.
    await page.addInitScript(() => {
      const analysers: AnalyserNode[] = [];
      const connect = AudioNode.prototype.connect as (this: AudioNode, target: AudioNode, ...rest: number[]) => AudioNode;
      const known = new WeakMap<BaseAudioContext, AnalyserNode>();
      AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode, ...rest: number[]) {
        if (target instanceof AudioDestinationNode) {
          const analyser = known.get(this.context) ?? this.context.createAnalyser();
          analyser.fftSize = 8192;
          known.set(this.context, analyser);
          analysers.push(analyser);
          connect.call(this, analyser);
        }
        return connect.call(this, target, ...rest);
      } as typeof AudioNode.prototype.connect;
      Object.assign(window, {
        loudspeakerPeak: () => {
          let best = { level: -Infinity, frequency: 0 };
          for (const analyser of analysers) {
            const spectrum = new Float32Array(analyser.frequencyBinCount);
            analyser.getFloatFrequencyData(spectrum);
            const level = Math.max(...spectrum);
            const frequency = (spectrum.indexOf(level) * analyser.context.sampleRate) / analyser.fftSize;
            if (level > best.level) best = { level, frequency };
          }
          return best;
        },
      });
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Page.navigate', { url: address });
    return new UntouchedPage(session);
  }

  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.session.send('Runtime.evaluate', { expression, returnByValue: true, userGesture: false });
    return result.value as T;
  }

  /** Looks every 50 ms. */
  async until<T>(what: string, expression: string, timeout = 10_000): Promise<T> {
    const end = performance.now() + timeout;
    for (;;) {
      const value = await this.evaluate<T>(expression);
      if (value) return value;
      if (performance.now() > end) throw new Error(`${what}: not within ${timeout} ms`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A real click, as by a mouse. */
  async click(testId: string): Promise<void> {
    const { x, y } = await this.until<{ x: number; y: number }>(
      `${testId} is there`,
      `(() => { const b = document.querySelector('[data-testid="${testId}"]')?.getBoundingClientRect(); return b && { x: b.x + b.width / 2, y: b.y + b.height / 2 }; })()`,
    );
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await this.session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
  }
}
