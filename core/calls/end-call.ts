import { OffhookError } from '#contract/errors.ts';
import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';

/** Refuses a ringing call: 603 Decline, or 486 Busy Here so that the PBX may try the next phone. */
export function declineCall(call: Call, reason: 'decline' | 'busy'): void {
  if (call.callState !== 'offering') throw new OffhookError('call.not-possible-now');
  if (reason === 'busy') call.session.reject(486, 'Busy Here');
  else call.session.reject(603, 'Decline');
}

/** Ends a call in whatever state it is; an ended one goes off the list. */
export function hangUpCall(services: CallServices, call: Call): void {
  if (call.live) call.session.end();
  else services.calls.forget(call.id);
}
