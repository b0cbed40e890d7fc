import type { EntryPhoto } from '../source-entry.ts';

/** By the first bytes, whatever the attribute's name says; null for no picture that a window shows. */
export function photoType(bytes: Buffer): EntryPhoto['type'] | null {
  const starts = (text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text;
  if (starts('\xff\xd8\xff')) return 'image/jpeg';
  if (starts('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts('GIF87a') || starts('GIF89a')) return 'image/gif';
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp';
  return null;
}
