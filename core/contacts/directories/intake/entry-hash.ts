import { hash } from 'node:crypto';
import type { SourceEntry } from '../source-entry.ts';

const digits = 16;
/** Behind the hash of an entry with a number that cannot be read: it is told of again at each refresh. */
const unreadableMark = '!';

/**
 * What an entry holds, for telling whether it changed: first 16 characters over what matters for people, then 16 over
 * where it lies, which alone differs when a sheet is sorted otherwise. By which rules the numbers were read is kept for
 * each directory, not here. The entry is a clean one.
 */
export function entryHash(entry: SourceEntry, photo: string | null): string {
  const { name, firm, role, department, numbers, emails, links, note, fields } = entry;
  const whom = JSON.stringify([name, firm, role, department, numbers, emails, links, note, fields, photo]);
  return short(whom) + short(JSON.stringify([entry.open, entry.place]));
}

function short(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, digits);
}

export function photoHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url');
}

/** The hash as it is stored. */
export function markedHash(bare: string, unreadable: boolean): string {
  return unreadable ? bare + unreadableMark : bare;
}

export type EntryDifference = 'none' | 'moved' | 'changed';

/** @param known as stored; null for an entry that is not */
export function entryDifference(known: string | null, bare: string): EntryDifference {
  if (known?.startsWith(bare)) return 'none';
  return known !== null && known.slice(0, digits) === bare.slice(0, digits) ? 'moved' : 'changed';
}

export function hasUnreadable(known: string): boolean {
  return known.endsWith(unreadableMark);
}
