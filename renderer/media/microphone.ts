import { OffhookError } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { Listeners } from '#renderer/bridge/listeners.ts';

/** Kept open this long after the last call, so that the next one starts at once. */
const lingerMilliseconds = 5000;

const codes: Record<string, ErrorCode> = {
  NotAllowedError: 'audio.microphone-refused',
  SecurityError: 'audio.microphone-refused',
  NotFoundError: 'audio.no-microphone',
  OverconstrainedError: 'audio.no-microphone',
  NotReadableError: 'audio.microphone-busy',
  AbortError: 'audio.microphone-busy',
};

/** Names of DOMException as the Media Capture specification lists them for getUserMedia (§ 10.2). */
export function microphoneError(error: unknown): OffhookError {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const detail = error instanceof Error || error instanceof DOMException ? `${error.name}: ${error.message}` : String(error);
  return new OffhookError(codes[name] ?? 'audio.failed', { detail, cause: error });
}

export interface MicrophoneOptions {
  /** Absent in a page that is neither on loopback nor under https. */
  devices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  setTimer: (callback: () => void, milliseconds: number) => unknown;
}

/** The one capture that all calls share; each call takes a clone of its track. */
export class Microphone {
  readonly #options: MicrophoneOptions;
  readonly #track = new Listeners<MediaStreamTrack | null>();
  readonly #problem = new Listeners<OffhookError | null>();
  #deviceId = '';
  #users = 0;
  /** Which opening is the newest: an older one that comes late (a permission asked for long ago) is closed again. */
  #generation = 0;
  #opening: Promise<MediaStreamTrack> | null = null;
  #live: MediaStreamTrack | null = null;

  constructor(options: MicrophoneOptions) {
    this.#options = options;
  }

  /** The live track, or null while there is none: not asked for, refused, unplugged. */
  get track(): MediaStreamTrack | null {
    return this.#live;
  }

  onTrack(listener: (track: MediaStreamTrack | null) => void): () => void {
    return this.#track.add(listener);
  }

  onProblem(listener: (problem: OffhookError | null) => void): () => void {
    return this.#problem.add(listener);
  }

  /** Empty for the system's own choice. Calls that are up change over at once. */
  async useDevice(deviceId: string): Promise<void> {
    if (deviceId === this.#deviceId) return;
    this.#deviceId = deviceId;
    if (!this.#live && !this.#opening) return;
    await this.reopen();
  }

  /** Opens the microphone, or joins those who have it open. Each call of this is met by one `release`. */
  async acquire(): Promise<MediaStreamTrack> {
    this.#users++;
    return (this.#opening ??= this.#open());
  }

  release(): void {
    this.#users = Math.max(0, this.#users - 1);
    if (this.#users > 0) return;
    this.#options.setTimer(() => {
      if (this.#users === 0) this.#close();
    }, lingerMilliseconds);
  }

  /** After a device came, went or was permitted. */
  async reopen(): Promise<void> {
    this.#close();
    if (this.#users === 0) return;
    this.#opening = this.#open();
    await this.#opening.catch(() => null);
  }

  async #open(): Promise<MediaStreamTrack> {
    const mine = ++this.#generation;
    try {
      const devices = this.#options.devices;
      if (!devices) throw new DOMException('no media devices in this page', 'SecurityError');
      const stream = await devices.getUserMedia({ audio: this.#constraints(), video: false });
      const track = stream.getAudioTracks()[0];
      if (!track) throw new DOMException('the stream has no audio track', 'NotFoundError');
      if (mine !== this.#generation) {
        track.stop();
        return this.#opening ?? track;
      }
      track.addEventListener('ended', () => this.#ended(track));
      this.#live = track;
      this.#track.emit(track);
      this.#problem.emit(null);
      return track;
    } catch (error) {
      if (mine === this.#generation) this.#opening = null;
      const problem = microphoneError(error);
      this.#problem.emit(problem);
      throw problem;
    }
  }

  /** The device was unplugged or its permission taken back: another may be there. */
  #ended(track: MediaStreamTrack): void {
    if (track !== this.#live) return;
    void this.reopen();
  }

  #close(): void {
    const track = this.#live;
    this.#generation++;
    this.#live = null;
    this.#opening = null;
    track?.stop();
    if (track) this.#track.emit(null);
  }

  #constraints(): MediaTrackConstraints {
    return {
      // Ideal, not exact: where the chosen device is gone, the system's own still makes a call.
      ...(this.#deviceId ? { deviceId: { ideal: this.#deviceId } } : {}),
      channelCount: 1,
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    };
  }
}
