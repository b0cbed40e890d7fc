import { OffhookError } from '#contract/errors.ts';
import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';

/**
 * Holds a call. Its audio stops at once; the far end is told by a re-INVITE that nobody waits for.
 * @throws OffhookError `call.not-possible-now` when it is not connected
 */
export function holdCall(services: CallServices, call: Call): void {
  if (call.callState === 'onHold') return;
  if (call.callState !== 'connected') throw new OffhookError('call.not-possible-now');
  call.setHold(true);
  call.session.reoffer().catch((error) => {
    // The audio is gated here whatever the far end says; only its own music or silence is missed.
    services.logger.warn('the far end did not take the hold', { callId: call.id, error });
  });
}

/**
 * Takes a call back; whichever was up goes on hold first. Resolves when the far end has agreed.
 * @throws OffhookError what the far end said when it did not: the call then stays on hold
 */
export async function unholdCall(services: CallServices, call: Call): Promise<void> {
  if (call.callState === 'connected') return;
  if (call.callState !== 'onHold') throw new OffhookError('call.not-possible-now');
  services.calls.focus = call.id;
  holdOthers(services, call);
  call.setHold(false);
  try {
    await call.session.reoffer();
  } catch (error) {
    if (call.snapshot().state === 'connected') call.setHold(true);
    throw error;
  }
}

/** Puts every connected call but one on hold. */
export function holdOthers(services: CallServices, except: Call | null): void {
  for (const call of services.calls.live()) {
    if (call !== except && call.callState === 'connected') holdCall(services, call);
  }
}
