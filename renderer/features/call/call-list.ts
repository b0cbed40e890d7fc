import type { CallSnapshot } from '#contract/ipc/index.ts';

/** An incoming call that waits for an answer. */
export function isRinging(call: CallSnapshot): boolean {
  return call.state === 'offering';
}

/** A call with a way to the far end: being set up, talking or held. */
export function isLive(call: CallSnapshot): boolean {
  return call.state !== 'disconnected' && call.state !== 'busy' && call.state !== 'idle';
}

/** A call that the user takes part in: everything live but what still rings here. */
export function isUnderway(call: CallSnapshot): boolean {
  return isLive(call) && !isRinging(call);
}

export function isHeld(call: CallSnapshot): boolean {
  return call.state === 'onHold' || call.state === 'onHoldPendingTransfer';
}

export function isTalking(call: CallSnapshot): boolean {
  return call.state === 'connected' || call.state === 'conferenced';
}

/** Answered and not over: talking or on hold. */
export function isEstablished(call: CallSnapshot): boolean {
  return isTalking(call) || isHeld(call);
}

export function isBeingSetUp(call: CallSnapshot): boolean {
  return call.state === 'dialing' || call.state === 'proceeding' || call.state === 'ringback';
}

/** Over, and worth telling: it failed, or the far end of our call was busy or did not answer. */
export function hasEndingToTell(call: CallSnapshot): boolean {
  if (call.state === 'busy') return true;
  if (call.state !== 'disconnected' || !call.ending) return false;
  return call.ending.error !== null || (call.direction === 'outgoing' && call.ending.by !== 'us');
}
