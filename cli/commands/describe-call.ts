import type { ApiCall } from '#contract/local-api/index.ts';
import { withoutDeceit } from '#core/foundation/show-text.ts';
import type { Words } from '../words/words.ts';

/** The far end in a few words: name, firm and number. */
export function describeFarEnd(call: ApiCall, words: Words): string {
  const number = call.display || call.number || words.withheld;
  const who = [call.name, call.firm].filter(Boolean).join(', ');
  return withoutDeceit(who === '' || who === number ? number : `${who}, ${number}`);
}

/** `1:02:03`, `2:03`. @param milliseconds from the answer on */
export function describeDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, place) => (place === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
