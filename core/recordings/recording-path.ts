import path from 'node:path';
import type { RecordingMediaType } from '#contract/ipc/index.ts';
import type { NewRecording } from './recording-store.ts';

const extensions: Record<RecordingMediaType, string> = {
  'audio/webm': 'webm',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
};
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const filePattern = /^\d{4}\/\d{2}\/[0-9a-f-]{36}\.(webm|mp3|ogg|wav)$/;

/** `2026/01/<id>.webm`, by the month (UTC) in which it began. Throws for an id that this program cannot have made. */
export function fileOf({ id, mediaType, startedAt }: NewRecording): string {
  if (!idPattern.test(id)) throw new Error('a recording is named by a UUID of our own');
  const month = new Date(startedAt).toISOString().slice(0, 7).replace('-', '/');
  return `${month}/${id}.${extensions[mediaType]}`;
}

/** Absolute path of a file of the index; null for one that we never wrote, or that would lie outside of the folder. */
export function within(folder: string, file: string): string | null {
  if (!filePattern.test(file)) return null;
  const absolute = path.resolve(folder, file);
  return absolute.startsWith(path.resolve(folder) + path.sep) ? absolute : null;
}
