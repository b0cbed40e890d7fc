import { photoType } from '../photo-type.ts';
import type { EntryPhoto } from '../source-entry.ts';
import type { CardProperty } from './card-property.ts';

/** bytes */
const largest = 1024 * 1024;

/** Null for none, and for one that lies elsewhere: nothing is fetched for a card. */
export function readPhoto(property: CardProperty): EntryPhoto | 'too-large' | 'unreadable' | null {
  const encoded = property.encoding === 'base64' ? property.value : inlineOf(property.value);
  if (encoded === null) return null;
  const bytes = Buffer.from(encoded.replace(/\s/g, ''), 'base64');
  if (bytes.length === 0) return null;
  if (bytes.length > largest) return 'too-large';
  const type = photoType(bytes);
  return type ? { type, bytes } : 'unreadable';
}

/** Of `data:image/jpeg;base64,…` (vCard 4.0); some programs escape its comma. */
function inlineOf(value: string): string | null {
  return /^data:[^,]*;base64\\?,([^]*)$/i.exec(value)?.[1] ?? null;
}
