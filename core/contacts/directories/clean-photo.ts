import type { EntryPhoto } from './source-entry.ts';

const mostBytes = 2 * 1024 * 1024;

/** What the bytes themselves begin with: the word of a source is not taken for it. */
const beginnings: readonly [EntryPhoto['type'], RegExp][] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
];

/**
 * A photo with its real type; null for none, and for what is none or too large.
 * @param leftOut told why a photo is missing from the result
 */
export function cleanPhoto(
  photo: EntryPhoto | null,
  leftOut: (what: 'too-large' | 'photo-unreadable') => void,
): EntryPhoto | null {
  if (photo === null || photo.bytes.length === 0) return null;
  if (photo.bytes.length > mostBytes) {
    leftOut('too-large');
    return null;
  }
  const beginning = String.fromCharCode(...photo.bytes.subarray(0, 12));
  const type = beginnings.find(([, pattern]) => pattern.test(beginning))?.[0];
  if (type) return { type, bytes: photo.bytes };
  leftOut('photo-unreadable');
  return null;
}
