import { OffhookError } from '#contract/errors.ts';
import type { CallServices } from './call-services.ts';
import type { Call } from './call.ts';

/**
 * Gives the call away, unannounced.
 * @throws OffhookError `call.not-possible-now`, `call.not-supported`, `number.*`, and what the far end said
 */
export async function transferCall(_services: CallServices, call: Call, _text: string): Promise<void> {
  if (!call.established) throw new OffhookError('call.not-possible-now');
  throw new OffhookError('call.not-supported');
}
