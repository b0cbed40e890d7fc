import { OffhookError } from '#contract/errors.ts';

/** A part that is being built: it says so. */
export function notYet(): never {
  throw new OffhookError('bridge.unknown-command', { detail: 'not built yet' });
}
