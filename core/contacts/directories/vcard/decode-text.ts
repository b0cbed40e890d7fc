import { TextDecoder } from 'node:util';

const strict = new TextDecoder('utf-8', { fatal: true });
const windows = new TextDecoder('windows-1251');
const decoders = new Map<string, TextDecoder | null>();

/**
 * Bytes (one character each) as text: UTF-8 where that is what they are, whatever is said of them; else the character set
 * that is named; else Windows-1251, as old programs of a Russian Windows write.
 */
export function decodeText(bytes: string, charset: string | null): string {
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  try {
    return strict.decode(buffer);
  } catch {
    return (decoderOf(charset) ?? windows).decode(buffer);
  }
}

/** Quoted-printable (RFC 2045 6.7) as bytes; what is no code stands as it is. */
export function decodeQuotedPrintable(text: string): string {
  return text.replace(/=([0-9A-Fa-f]{2})/g, (_code, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

/** Null for a name that nobody knows. */
function decoderOf(charset: string | null): TextDecoder | null {
  if (charset === null || /^utf-?8$/i.test(charset)) return null;
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  const decoder = openDecoder(charset);
  if (decoders.size < 50) decoders.set(charset, decoder);
  return decoder;
}

function openDecoder(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset);
  } catch {
    return null;
  }
}
