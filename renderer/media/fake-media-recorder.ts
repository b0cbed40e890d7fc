/** As much of MediaRecorder as recording a call asks of it; for tests. */
export class FakeMediaRecorder extends EventTarget {
  state: 'inactive' | 'recording' = 'inactive';
  timeslice: number | undefined;
  /** What is left for the last piece. */
  rest: Blob = new Blob(['end']);

  start(timeslice?: number): void {
    this.timeslice = timeslice;
    this.state = 'recording';
  }

  /** A piece is complete. */
  give(data: Blob): void {
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data }));
  }

  stop(): void {
    this.state = 'inactive';
    this.give(this.rest);
    this.dispatchEvent(new Event('stop'));
  }

  fail(): void {
    this.dispatchEvent(Object.assign(new Event('error'), { error: new DOMException('', 'InvalidModificationError') }));
    this.stop();
  }
}
