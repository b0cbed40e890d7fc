import type { EntryTarget, SourceEntry } from '../source-entry.ts';
import { cleanLine, cleanNote } from './clean-text.ts';
import { cleanPhoto } from './clean-photo.ts';

const most = { key: 512, line: 200, place: 500, note: 10_000, field: 500, label: 60, number: 1000, path: 4096 };
const counts = { numbers: 30, emails: 20, links: 20, fields: 30 };
/** Schemes of what may be opened; a link on the card is a page of the web. */
const targetSchemes = ['http:', 'https:', 'mailto:', 'e1c:'];
const pageSchemes = ['http:', 'https:'];
const email = /^[^\s@<>"]+@[^\s@<>"]+$/;
/** Nearly all are so, and alone in their cell. */
const usualEmail = /^[\w.+-]{1,100}@[\w.-]{1,100}$/;

/** What of an entry was left out, as the code's ending. */
export type LeftOut = 'too-large' | 'photo-unreadable';

function cleanUrl(text: string, schemes: readonly string[]): string | null {
  const url = cleanLine(text, 2000);
  const whole = /^www\./i.test(url) ? `https://${url}` : url;
  return whole.length <= 1000 && URL.canParse(whole) && schemes.includes(new URL(whole).protocol) ? whole : null;
}

/** A cell may hold several, and vCards write `mailto:` before them. */
function addressesOf(text: string): string[] {
  const parts = cleanLine(text, 2000).split(/[\s,;]+/);
  return parts.map((part) => part.replace(/^mailto:/i, '').replace(/^<|>$/g, ''));
}

function cleanEmails(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    for (const address of usualEmail.test(text) ? [text] : addressesOf(text)) {
      if (address.length <= 254 && email.test(address)) found.add(address);
      if (found.size === counts.emails) return [...found];
    }
  }
  return [...found];
}

function cleanLinks(texts: readonly string[]): string[] {
  const urls = texts.map((text) => cleanUrl(text, pageSchemes)).filter((url) => url !== null);
  return [...new Set(urls)].slice(0, counts.links);
}

/** A path is taken as it is or not at all. */
function isPath(text: string): boolean {
  return text !== '' && text.length <= most.path && text.isWellFormed() && !/[\p{Cc}\ufffd]/u.test(text);
}

function cleanTarget(target: EntryTarget | null): EntryTarget | null {
  switch (target?.kind) {
    case 'sheet': {
      const { file, sheet, row } = target;
      return isPath(file) && Number.isInteger(row) && row > 0
        ? { kind: 'sheet', file, sheet: cleanLine(sheet, 255), row }
        : null;
    }
    case 'file':
      return isPath(target.file) ? { kind: 'file', file: target.file } : null;
    case 'outlook': {
      const { entryId, storeId } = target;
      return [entryId, storeId].every((id) => /^[0-9a-z]{1,2000}$/i.test(id))
        ? { kind: 'outlook', entryId, storeId }
        : null;
    }
    case 'url': {
      const url = cleanUrl(target.url, targetSchemes);
      return url === null ? null : { kind: 'url', url };
    }
    default:
      return null;
  }
}

const unfitKey = /[\ufffd\0]/;

/** Key of an entry as it may be stored; null for none, or one that is too long. */
export function cleanKey(key: string): string | null {
  if (key === '' || key.length > most.key) return null;
  if (key.isWellFormed() && !unfitKey.test(key)) return key;
  return key.toWellFormed().replaceAll('\ufffd', '?').replaceAll('\0', '?');
}

function cleanNumbers(numbers: SourceEntry['numbers']): SourceEntry['numbers'] {
  const clean: { text: string; label: string }[] = [];
  for (const number of numbers) {
    // One cell may hold several, each in a line of its own.
    const text = cleanNote(number.text, most.number);
    const label = cleanLine(number.label, most.label);
    if (text === '' || clean.some((one) => one.text === text && one.label === label)) continue;
    clean.push({ text, label });
    if (clean.length === counts.numbers) break;
  }
  return clean;
}

/**
 * An entry with nothing in it that could do harm, cut to what a card has room for. The key is that of `cleanKey`.
 * @param leftOut told of parts that are missing from the result
 */
export function cleanEntry(entry: SourceEntry, key: string, leftOut: (what: LeftOut) => void): SourceEntry {
  const line = (text: string) => cleanLine(text, most.line);
  if (entry.note.length > most.note) leftOut('too-large');
  return {
    key,
    name: line(entry.name),
    firm: line(entry.firm),
    role: line(entry.role),
    department: line(entry.department),
    numbers: cleanNumbers(entry.numbers),
    emails: cleanEmails(entry.emails),
    links: cleanLinks(entry.links),
    note: cleanNote(entry.note, most.note),
    fields: entry.fields
      .map(({ name, value }) => ({ name: cleanLine(name, 100), value: cleanLine(value, most.field) }))
      .filter(({ value }) => value !== '')
      .slice(0, counts.fields),
    photo: cleanPhoto(entry.photo, leftOut),
    open: cleanTarget(entry.open),
    place: cleanLine(entry.place, most.place),
  };
}
