import { OffhookError } from '#contract/errors.ts';
import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';

/**
 * Answers a ringing call; once it is up, the one before goes on hold. Resolves when the 200 is on the wire.
 * @throws OffhookError `call.unknown` when the caller has gone, `call.not-possible-now` when it does not ring
 */
export async function answerCall(services: CallServices, call: Call): Promise<void> {
  const { state, answering } = call.snapshot();
  if (answering) return;
  if (!call.live) throw new OffhookError('call.unknown');
  if (state !== 'offering') throw new OffhookError('call.not-possible-now');
  services.calls.focus = call.id;
  call.setAnswering(true);
  try {
    await call.session.answer();
  } finally {
    if (call.snapshot().answering && !call.live) call.setAnswering(false);
  }
}
