import { showLine } from '#core/foundation/index.ts';

/**
 * A call as people know it, e.g. `+7 495 123-45-67, 14:05`.
 * @param at Unix ms
 * @param zoneOffsetMinutes minutes east of UTC
 */
export function callSubject(display: string, at: number, zoneOffsetMinutes: number): string {
  const time = new Date(at + zoneOffsetMinutes * 60_000).toISOString().slice(11, 16);
  return `${showLine(display, 60)}, ${time}`;
}
