/** A registered phone of an extension, as the registrar knows it; `id` is its binding's. */
export interface PhoneState {
  id: string;
}

export type Dialable =
  | {
      kind: 'user';
      extension: string;
      /** Calls that may be up at once before a further one finds it busy. */
      maximumCalls: number;
      /** s */
      ringFor: number;
      /** Where a call goes that nobody took: an extension, a group or a service. */
      ifNotAnswered: string | null;
    }
  | {
      kind: 'group';
      number: string;
      members: readonly string[];
      /** All phones at once, or one member after another. */
      order: 'together' | 'in-turn';
      /** s; for each member when in turn. */
      ringFor: number;
      ifNotAnswered: string | null;
    }
  | { kind: 'service'; number: string; service: 'echo' | 'menu' | 'music' };

/** A call as it comes in, already authenticated (or not). */
export interface CallRequest {
  /** Extension that proved its secret; null for anyone else. */
  caller: string | null;
  /** Binding of the phone that calls, when it is a registered one: it is not rung by its own call. */
  callerPhone: string | null;
  /** User part of the Request-URI, unescaped. */
  dialled: string;
  /** False when the Request-URI names a domain that is not ours. */
  ownDomain: boolean;
  /** The caller asked for `Privacy: id` (RFC 3323). */
  withheld: boolean;
}

/** What the exchange knows at that moment. */
export interface ExchangeState {
  find(number: string): Dialable | null;
  /** Phones registered for an extension. */
  phones(extension: string): readonly PhoneState[];
  /** Calls that an extension has placed or answered and that are not over. */
  callsOf(extension: string): number;
  /** Name to show for an extension. */
  nameOf(extension: string): string | null;
  activeCalls: number;
  maximumCalls: number;
}

export interface RingTarget {
  extension: string;
  phone: string;
}

export type PlanStep =
  /** Rings all targets at once until one answers or the time is over; then the next step. */
  | { do: 'ring'; targets: RingTarget[]; /** s */ seconds: number }
  | { do: 'echo' }
  | { do: 'menu' }
  | { do: 'music' }
  /** The end of every plan that has not answered by itself. */
  | { do: 'reject'; status: number; reason: string };

/** Who the called phone is told is calling. */
export type PresentedCaller = { withheld: true } | { withheld: false; extension: string; name: string | null };

export interface Plan {
  presented: PresentedCaller;
  /** Tried in order; the last one answers or rejects. */
  steps: [...PlanStep[]];
}
