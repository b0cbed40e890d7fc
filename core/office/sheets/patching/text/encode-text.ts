import { TextDecoder } from 'node:util';
import { OffhookError } from '#contract/errors.ts';
import type { TextEncoding } from '#core/contacts/directories/sheets/index.ts';

const isWide = (encoding: TextEncoding) => encoding === 'utf-16le' || encoding === 'utf-16be';

/** Bytes that a text takes which was read in this encoding. */
export function byteLength(text: string, encoding: TextEncoding): number {
  if (encoding === 'utf-8') return Buffer.byteLength(text);
  return isWide(encoding) ? text.length * 2 : text.length;
}

const tables = new Map<TextEncoding, Map<string, number>>();

/** What the bytes of a Cyrillic table mean, the other way round. */
function tableOf(encoding: TextEncoding): Map<string, number> {
  let table = tables.get(encoding);
  if (!table) {
    const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_each, byte) => byte));
    table = new Map([...letters].map((letter, byte) => [letter, byte]));
    tables.set(encoding, table);
  }
  return table;
}

/** The first character that the encoding has not; null if it has them all. */
function missingFrom(text: string, encoding: TextEncoding): string | null {
  if (encoding === 'utf-8' || isWide(encoding)) return null;
  const table = tableOf(encoding);
  return [...text].find((letter) => !table.has(letter)) ?? null;
}

/** Why a text cannot be written in the encoding; null if it can. Nothing is ever written as another character. */
export function encodingRefusal(text: string, encoding: TextEncoding): OffhookError | null {
  const missing = missingFrom(text, encoding);
  return missing === null
    ? null
    : new OffhookError('sheet.not-in-encoding', { values: { text: missing }, detail: encoding });
}

/** @param text of which nothing is missing from the encoding */
export function encodeText(text: string, encoding: TextEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = tableOf(encoding);
  return Buffer.from([...text].map((letter) => table.get(letter)!));
}
