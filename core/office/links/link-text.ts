import { OffhookError } from '#contract/errors.ts';
import { showLine } from '#core/foundation/index.ts';

/** Longer than any number with all that RFC 3966 lets stand behind it. */
const longestLink = 1000;
const escapes = /(?:%[0-9a-f]{2})+/gi;
const control = /[\p{Cc}\u2028\u2029]/u;
/** What a shell, a SIP header field or a page would take for its own. A link that is meant well holds none of it. */
const foreign = /["'`<>\\|&$^{}!~%]/;

/** A link that is not dialled, quoted as far as it can be shown. */
export function unreadable(link: string): OffhookError {
  return new OffhookError('dial.refused-unreadable', { values: { text: showLine(link, 60) } });
}

function decodeBytes(escaped: string): string {
  const bytes = Uint8Array.from(escaped.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Older programs write «доб.» in their system's own code page.
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/**
 * What stands in a link, decoded once, without header fields: those are never taken from a link (RFC 3261 19.1.5).
 * @throws OffhookError `dial.refused-unreadable` for more than a number or an address can hold
 */
export function linkText(link: string): string {
  const whole = link.trim();
  if (whole.length > longestLink) throw unreadable(link);
  if (control.test(whole.replace(escapes, decodeBytes))) throw unreadable(link);
  const text = whole.replace(/\?.*$/su, '').replace(escapes, decodeBytes);
  if (foreign.test(text)) throw unreadable(link);
  return text;
}
