import { linesWithoutDeceit, withoutDeceit } from '#core/foundation/index.ts';

/** Text of one line as it may stand in a file; callers send hostile text. */
export function cleanLine(text: string): string {
  return withoutDeceit(text).trim();
}

/** Text of several lines, each ended by a line feed. */
export function cleanNote(text: string): string {
  return linesWithoutDeceit(text.replace(/\r\n?/g, '\n')).trim();
}
