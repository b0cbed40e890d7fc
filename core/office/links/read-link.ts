import { showLine } from '#core/foundation/index.ts';
import { linkText, unreadable } from './link-text.ts';
import { readSipLink } from './read-sip-link.ts';
import { readTelephone } from './read-telephone.ts';

export interface ReadLink {
  /** For `parseNumber`; holds nothing but a number with its extension, or `sip:user@host`. */
  text: string;
  /** As it stood in the link, decoded and safe to show. */
  written: string;
}

const linkForm = /^(tel|callto|sips?):(?:\/\/)?(.*)$/isu;

/** Whether a text is meant as a link that dials. */
export function isDialLink(text: string): boolean {
  return linkForm.test(text.trim());
}

function read(scheme: string, body: string): string | null {
  if (scheme === 'tel') return readTelephone(body);
  if (scheme === 'callto') {
    // Lync and others put a whole link behind it. A name of Skype's is nobody here.
    const inner = linkForm.exec(body);
    if (inner && inner[1]!.toLowerCase() !== 'callto') return read(inner[1]!.toLowerCase(), inner[2]!);
    return body.includes('@') ? readSipLink('sip', body) : readTelephone(body);
  }
  return readSipLink(scheme, body);
}

/**
 * A `tel:`, `callto:`, `sip:` or `sips:` link. Whoever wrote it is a stranger: nothing is taken that is not a number, an
 * extension or an address.
 * @throws OffhookError `dial.refused-unreadable`
 */
export function readLink(link: string): ReadLink {
  const match = linkForm.exec(linkText(link));
  const text = match && read(match[1]!.toLowerCase(), match[2]!.trim());
  if (!match || text === null) throw unreadable(link);
  return { text, written: showLine(match[2]!, 100) };
}
