import { createHash } from 'node:crypto';

/**
 * By what an entry of a call is known in another program, so that it is never made twice: follows from the call's id,
 * and is letters, digits, `-` and `_` alone, whatever that is made of.
 */
export function callMark(callId: string): string {
  return createHash('sha256').update(`offhook:journal:${callId}`).digest('base64url').slice(0, 32);
}
