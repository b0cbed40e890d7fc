import type { Recording, RecordingMediaType } from '#contract/ipc/index.ts';

const extensions: Record<RecordingMediaType, string> = {
  'audio/webm': 'webm',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
};

/** Sorts by time, and every file system takes it: `Call 2026-01-15 11-40.webm`. @param title puts words around the moment */
export function fileNameOf({ startedAt, mediaType }: Recording, title: (moment: string) => string): string {
  const at = new Date(startedAt);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${title(`${day} ${two(at.getHours())}-${two(at.getMinutes())}`)}.${extensions[mediaType]}`;
}
