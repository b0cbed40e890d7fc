import type { Clock } from '#core/foundation/index.ts';
import type { SipFlow } from '#core/sip/transports/index.ts';

/** One phone of an extension: what it asked to be called by, and the way back to it (RFC 5626). */
export interface Binding {
  /** Unique, never used again. */
  readonly id: string;
  readonly extension: string;
  /** Contact URI as registered: Request-URI of calls to it. */
  readonly contact: string;
  /** RFC 5626 instance and reg-id, joined; null when the phone gave none. */
  readonly instance: string | null;
  readonly flow: SipFlow;
  readonly callId: string;
  readonly sequence: number;
  /** Clock's monotonic ms. */
  readonly expires: number;
}

const maximumPerExtension = 10;

/** Where extensions can be reached now. */
export class Locations {
  private readonly clock: Clock;
  private readonly bindings = new Map<string, Binding[]>();
  private count = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  of(extension: string): readonly Binding[] {
    const now = this.clock.monotonic();
    const alive = (this.bindings.get(extension) ?? []).filter(({ expires, flow }) => expires > now && !flow.closed);
    if (alive.length === 0) this.bindings.delete(extension);
    else this.bindings.set(extension, alive);
    return alive;
  }

  byContact(contact: string): Binding | null {
    for (const extension of [...this.bindings.keys()]) {
      const found = this.of(extension).find((binding) => binding.contact === contact);
      if (found) return found;
    }
    return null;
  }

  /** The phone behind a flow, when that extension registered by it. */
  byFlow(extension: string, flow: SipFlow): Binding | null {
    return this.of(extension).find((binding) => binding.flow === flow) ?? null;
  }

  /** Adds a binding or replaces the same phone's old one. False when the phone's older request came late (RFC 3261 10.3). */
  put(entry: Omit<Binding, 'id'>): boolean {
    const others = [...this.of(entry.extension)];
    const same = others.findIndex((binding) => isSamePhone(binding, entry));
    const old = same < 0 ? undefined : others[same];
    if (old && old.callId === entry.callId && old.sequence >= entry.sequence) return false;
    if (old) others.splice(same, 1);
    this.count += 1;
    // The same phone keeps its id through a refresh.
    others.push({ ...entry, id: old?.id ?? `phone-${this.count}` });
    this.bindings.set(entry.extension, others.slice(-maximumPerExtension));
    return true;
  }

  remove(extension: string, contact: string | null): void {
    const rest = contact === null ? [] : this.of(extension).filter((binding) => binding.contact !== contact);
    if (rest.length === 0) this.bindings.delete(extension);
    else this.bindings.set(extension, rest);
  }

  get size(): number {
    return [...this.bindings.keys()].reduce((sum, extension) => sum + this.of(extension).length, 0);
  }
}

function isSamePhone(a: Omit<Binding, 'id'>, b: Omit<Binding, 'id'>): boolean {
  if (a.instance !== null && b.instance !== null) return a.instance === b.instance;
  return a.contact === b.contact;
}
