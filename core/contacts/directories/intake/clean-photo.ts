import { photoType } from '../photo-type.ts';
import type { EntryPhoto } from '../source-entry.ts';

const mostBytes = 2 * 1024 * 1024;

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
  const type = photoType(photo.bytes);
  if (type) return { type, bytes: photo.bytes };
  leftOut('photo-unreadable');
  return null;
}
