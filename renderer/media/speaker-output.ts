import type { Output } from './call-connection.ts';

/** The far end's voice through an <audio> element, on the chosen device. */
export class SpeakerOutput implements Output {
  readonly #element = new Audio();
  readonly #listeners: { onBlocked: () => void; onClosed: (output: SpeakerOutput) => void };

  constructor(deviceId: string, listeners: { onBlocked: () => void; onClosed: (output: SpeakerOutput) => void }) {
    this.#listeners = listeners;
    this.#element.autoplay = true;
    void this.useDevice(deviceId);
  }

  play(stream: MediaStream): void {
    this.#element.srcObject = stream;
    this.resume();
  }

  /** Inside a click this succeeds where autoplay was refused. */
  resume(): void {
    this.#element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#listeners.onBlocked();
    });
  }

  async useDevice(deviceId: string): Promise<void> {
    // The device may be gone, or the browser may not choose: then the system's own is heard.
    await this.#element.setSinkId?.(deviceId).catch(() => null);
  }

  setMuted(muted: boolean): void {
    this.#element.muted = muted;
  }

  close(): void {
    this.#element.pause();
    this.#element.srcObject = null;
    this.#listeners.onClosed(this);
  }
}
