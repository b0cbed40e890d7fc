import { OffhookError } from '#contract/errors.ts';
import { dialPlan } from '#core/contacts/index.ts';
import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';

/**
 * Gives the call away, unannounced: the far end is held, sent to the number (RFC 3515), and our call is over when it has
 * got there. What fails leaves the call as it was. Resolves when it is given away.
 * @throws OffhookError `call.not-possible-now`, `call.not-supported`, `number.*`, and why the number was not reached
 */
export async function transferCall(services: CallServices, call: Call, text: string): Promise<void> {
  const before = call.callState;
  if (before !== 'connected' && before !== 'onHold') throw new OffhookError('call.not-possible-now');
  const { target, address, e164, extension, display } = dialPlan(text, services.numberRules());
  // Nobody would be there to dial it once the other end has answered.
  if (extension !== null)
    throw new OffhookError('call.not-supported', { detail: 'a transfer to an extension behind a number' });
  call.setTransferring();
  try {
    if (before === 'connected')
      await call.session.reoffer().catch((error) => {
        // They hear us no more, whatever they make of the hold.
        services.logger.warn('the far end did not take the hold', { callId: call.id, error });
      });
    await call.session.transfer(target);
  } catch (error) {
    await takeBack(services, call, before);
    throw error;
  }
  const number = e164 ?? address;
  call.noteTransfer({ number, extension, display, name: null, withheld: false, asserted: false, diversion: null });
  call.session.end();
}

async function takeBack(services: CallServices, call: Call, before: 'connected' | 'onHold'): Promise<void> {
  if (call.callState !== 'onHoldPendingTransfer') return;
  // Another call may have come up meanwhile: two voices at once are worse than one that waits.
  const others = services.calls.live().some((other) => other !== call && other.callState === 'connected');
  const stays = before === 'onHold' || others;
  call.setHold(stays);
  if (stays) return;
  await call.session.reoffer().catch((error) => {
    services.logger.warn('the far end did not come back from hold', { callId: call.id, error });
    if (call.callState === 'connected') call.setHold(true);
  });
}
