import type { ApiEventData, ApiEventName, Scope } from '#contract/local-api/index.ts';
import { apiEvents } from '#contract/local-api/index.ts';
import { toDisposable, type Clock, type Disposable } from '#core/foundation/index.ts';

/** One event as it goes over the wire, written once for everybody. */
export interface WrittenEvent {
  /** A block of `text/event-stream`. */
  block: Buffer;
  /** A WebSocket's text. */
  text: Buffer;
}

/** One that listens. It must take what it is sent without waiting, and let go of itself when it falls behind. */
export interface EventListener {
  /** Null for Offhook's own programs. */
  readonly programId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  send(event: WrittenEvent): void;
  /** Shows that it is still there, both ways. */
  beat(): void;
  close(): void;
}

/** ms between two signs of life. */
const beatEvery = 15_000;
export const mostListeners = 300;
const mostOfOneProgram = 50;

/** Tells everybody who listens what has happened. Nobody can hold up another. */
export class EventHub implements Disposable {
  private readonly clock: Clock;
  private readonly listeners = new Set<EventListener>();
  private lastId = 0;
  private beating: Disposable | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get count(): number {
    return this.listeners.size;
  }

  get isHeard(): boolean {
    return this.count > 0;
  }

  /** Whether one more may listen. */
  hasRoom(programId: string | null): boolean {
    if (this.listeners.size >= mostListeners) return false;
    if (programId === null) return true;
    return [...this.listeners].filter((listener) => listener.programId === programId).length < mostOfOneProgram;
  }

  /** @param snapshot the first that it hears, where it may hear of calls */
  add(listener: EventListener, snapshot: ApiEventData<'calls.snapshot'>): Disposable {
    this.listeners.add(listener);
    this.beating ??= this.clock.every(beatEvery, () => this.beat());
    if (listener.scopes.has(apiEvents['calls.snapshot'].scope)) listener.send(this.write('calls.snapshot', snapshot));
    return toDisposable(() => this.remove(listener));
  }

  tell<N extends ApiEventName>(name: N, data: ApiEventData<N>): void {
    if (!this.isHeard) return;
    const written = this.write(name, data);
    const { scope } = apiEvents[name];
    for (const listener of this.listeners) if (listener.scopes.has(scope)) listener.send(written);
  }

  /** Ends what a program listens with; everybody's when left out. */
  close(programId?: string): void {
    for (const listener of [...this.listeners]) {
      if (programId !== undefined && listener.programId !== programId) continue;
      this.remove(listener);
      listener.close();
    }
  }

  dispose(): void {
    this.close();
  }

  private write<N extends ApiEventName>(event: N, data: ApiEventData<N>): WrittenEvent {
    this.lastId += 1;
    const id = this.lastId;
    const json = JSON.stringify(data);
    return {
      block: Buffer.from(`event: ${event}\nid: ${id}\ndata: ${json}\n\n`),
      text: Buffer.from(`{"id":${id},"event":${JSON.stringify(event)},"data":${json}}`),
    };
  }

  private beat(): void {
    for (const listener of [...this.listeners]) listener.beat();
  }

  private remove(listener: EventListener): void {
    this.listeners.delete(listener);
    if (this.isHeard) return;
    this.beating?.dispose();
    this.beating = null;
  }
}
