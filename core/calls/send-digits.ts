import { OffhookError } from '#contract/errors.ts';
import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';

/** A far end that has just answered often speaks first: its menu listens a moment later. */
const BEFORE_EXTENSION_MS = 1_200;

/** Sends DTMF: RFC 4733 events, or SIP INFO where the far end did not offer them. */
export async function sendDigits(services: CallServices, call: Call, digits: string): Promise<void> {
  if (!call.live || call.callState === 'offering') throw new OffhookError('call.not-possible-now');
  call.noteDigits(digits);
  try {
    await call.leg.sendDigits(digits);
  } catch (error) {
    services.logger.info('no telephone-event here, the digits go by INFO', { callId: call.id, error });
    await call.session.sendDigitsByInfo(digits.replaceAll(',', ''));
  }
}

/** Sends the extension of an address once the call is answered. */
export function sendPendingDigits(services: CallServices, call: Call): void {
  const digits = call.waitingDigits;
  if (digits === null) return;
  call.clearPendingDigits();
  const timer = services.clock.after(BEFORE_EXTENSION_MS, () => {
    sendDigits(services, call, digits).catch((error) => {
      services.logger.warn('the extension could not be sent', { callId: call.id, error });
    });
  });
  call.onEnded(() => timer.dispose());
}
