import { OffhookError } from '#contract/errors.ts';
import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';
import { holdOthers } from './hold-call.ts';

/**
 * Answers a ringing call and holds the one that is up. Resolves when the 200 is on the wire.
 * @throws OffhookError `call.not-possible-now` when it does not ring
 */
export async function answerCall(services: CallServices, call: Call): Promise<void> {
  const { state, answering } = call.snapshot();
  if (answering) return;
  if (state !== 'offering') throw new OffhookError('call.not-possible-now');
  holdOthers(services, call);
  call.setAnswering(true);
  try {
    await call.session.answer();
  } finally {
    if (call.snapshot().answering && !call.live) call.setAnswering(false);
  }
}
