import { hash } from 'node:crypto';

/** Names an entry for ever, whenever and wherever it was read. An own contact's key is its handle. */
export function entryHandle(directoryId: string, key: string): string {
  if (directoryId === 'own') return key;
  return hash('sha256', `${directoryId}\0${key}`, 'base64url').slice(0, 16);
}
