/** As much of an <audio> element as the player asks of it; for tests. */
export class FakeSound extends EventTarget {
  duration = NaN;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  preservesPitch = false;
  paused = true;
  error: { message: string } | null = null;
  sink = '';
  /** Length in seconds of whatever is opened; null is a file that cannot be played. */
  length: number | null = 72;
  /** False as for what MediaRecorder writes: Chromium knows the length once its end was sought. */
  tellsLength = true;
  #source = '';
  #time = 0;

  get currentTime(): number {
    return this.#time;
  }

  set currentTime(seconds: number) {
    this.#time = Math.min(seconds, this.length ?? 0);
    if (seconds >= (this.length ?? 0)) this.duration = this.#time;
    queueMicrotask(() => this.dispatchEvent(new Event('seeked')));
  }

  get src(): string {
    return this.#source;
  }

  set src(address: string) {
    this.#source = address;
    queueMicrotask(() => {
      if (this.length === null) this.error = { message: 'DEMUXER_ERROR_COULD_NOT_OPEN' };
      else this.duration = this.tellsLength ? this.length : Infinity;
      this.dispatchEvent(new Event(this.length === null ? 'error' : 'loadedmetadata'));
    });
  }

  removeAttribute(): void {
    this.#source = '';
  }

  async play(): Promise<void> {
    this.paused = false;
    this.dispatchEvent(new Event('play'));
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }

  async setSinkId(id: string): Promise<void> {
    this.sink = id;
  }
}
