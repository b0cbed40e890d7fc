import type { CallState } from '#contract/ipc/index.ts';

/**
 * The one state machine of a call (TAPI call states):
 *
 * ```
 *            dial             trying            alerting
 *   idle ──────────▶ dialing ────────▶ proceeding ────────▶ ringback
 *    │                  │ alerting, answered ▲ │ answered │ ▲│ answered, busy
 *    │ offer            └────────────┬─────────┴──────────┘ ┘│
 *    ▼                               ▼                       ▼
 *  offering ───── answered ────▶ connected                  busy
 *                                 │     ▲                    │
 *                            hold ▼     │ unhold             │
 *                                onHold ┘                    │
 *          transfer (also from connected) ▼ ▲ hold           │
 *                         onHoldPendingTransfer              │
 *   any state ─────────────── ended ──────────▶ disconnected ◀ ended
 * ```
 * A transfer that comes to nothing goes back by `hold`, or by `unhold` to `connected`. `conferenced` belongs to the model
 * and is entered once a conference exists.
 */
export type CallInput = 'dial' | 'offer' | 'trying' | 'alerting' | 'answered' | 'busy' | 'hold' | 'unhold' | 'transfer' | 'ended';

const transitions: Record<CallState, Partial<Record<CallInput, CallState>>> = {
  idle: { dial: 'dialing', offer: 'offering', ended: 'disconnected' },
  offering: { answered: 'connected', ended: 'disconnected' },
  dialing: { trying: 'proceeding', alerting: 'ringback', answered: 'connected', busy: 'busy', ended: 'disconnected' },
  proceeding: { trying: 'proceeding', alerting: 'ringback', answered: 'connected', busy: 'busy', ended: 'disconnected' },
  // A forking proxy may send 100 or 183 after 180: the call goes on ringing.
  ringback: { trying: 'ringback', alerting: 'ringback', answered: 'connected', busy: 'busy', ended: 'disconnected' },
  connected: { hold: 'onHold', transfer: 'onHoldPendingTransfer', ended: 'disconnected' },
  onHold: { unhold: 'connected', transfer: 'onHoldPendingTransfer', ended: 'disconnected' },
  onHoldPendingTransfer: { hold: 'onHold', unhold: 'connected', ended: 'disconnected' },
  conferenced: { ended: 'disconnected' },
  busy: { ended: 'disconnected' },
  disconnected: {},
};

export class IllegalCallTransition extends Error {
  constructor(state: CallState, input: CallInput) {
    super(`a call that is ${state} cannot take '${input}'`);
    this.name = 'IllegalCallTransition';
  }
}

/** @throws IllegalCallTransition when the state does not know the input */
export function transition(state: CallState, input: CallInput): CallState {
  const next = transitions[state][input];
  if (!next) throw new IllegalCallTransition(state, input);
  return next;
}

export function accepts(state: CallState, input: CallInput): boolean {
  return transitions[state][input] !== undefined;
}

/** The far end has answered and the call is not over. */
export function isEstablished(state: CallState): boolean {
  return state === 'connected' || state === 'onHold' || state === 'onHoldPendingTransfer' || state === 'conferenced';
}

/** The call still occupies the line. */
export function isLive(state: CallState): boolean {
  return state !== 'disconnected' && state !== 'busy';
}
