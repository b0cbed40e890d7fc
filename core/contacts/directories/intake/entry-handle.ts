import { createHash } from 'node:crypto';

/** Names an entry for ever, whenever and wherever it was read. An own contact's key is its handle. */
export function entryHandle(directoryId: string, key: string): string {
  if (directoryId === 'own') return key;
  return createHash('sha256').update(`${directoryId}\0${key}`).digest('base64url').slice(0, 16);
}
