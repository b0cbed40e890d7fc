import type { OwnContact } from '#contract/ipc/index.ts';
import type { SqlValue, Statement } from '#core/storage/index.ts';
import { cleanLine, cleanNote } from '../directories/intake/clean-text.ts';
import { packNumbers, type StoredNumber } from '../directories/stored-entry.ts';
import { matchKeyOf } from '../numbers/match-key.ts';
import type { NumberRules } from '../numbers/number-rules.ts';
import { readNumber } from '../numbers/parse-number.ts';

/** What the user writes of a contact, as it lies in `directory_entry`. */
export interface OwnRow {
  name: string;
  firm: string;
  role: string;
  department: string;
  numbers: StoredNumber[];
  emails: string[];
  links: string[];
  note: string;
}

const mostLine = 250;
const mostNote = 10_000;

/** A text in which there is no number is kept as it is, with no key. */
export function readOwnNumber(text: string, label: string, rules: NumberRules): StoredNumber {
  const number = readNumber(text, rules);
  if (!number) return { text, key: null, confidence: 'weak', number: '', extension: null, label };
  return { text, ...matchKeyOf(number), number: number.number, extension: number.extension, label };
}

/** The number of a call as its record has it, whatever the rules make of it now. */
export function numberOfKey(partyKey: string, rules: NumberRules): StoredNumber {
  const read = readOwnNumber(partyKey, '', rules);
  if (read.key === partyKey && read.extension === null) return read;
  return { text: partyKey, key: partyKey, confidence: 'weak', number: partyKey, extension: null, label: '' };
}

export function toOwnRow(contact: OwnContact, rules: NumberRules): OwnRow {
  const line = (text: string) => cleanLine(text, mostLine);
  const lines = (texts: readonly string[], most: number) => texts.map((text) => cleanLine(text, most)).filter(Boolean);
  return {
    name: line(contact.name),
    firm: line(contact.firm),
    role: line(contact.role),
    department: line(contact.department),
    numbers: contact.numbers.map(({ text, label }) => readOwnNumber(cleanLine(text, 128), cleanLine(label, 60), rules)),
    emails: lines(contact.emails, 254),
    links: lines(contact.links, 1000),
    note: cleanNote(contact.note, mostNote),
  };
}

export function toOwnContact({ numbers, ...row }: OwnRow): OwnContact {
  return { ...row, numbers: numbers.map(({ text, label }) => ({ text, label })) };
}

/** Whether nothing would be left of it but the name. */
export function isBare({ firm, role, department, numbers, emails, links, note }: OwnRow): boolean {
  return (
    [firm, role, department, note].every((text) => text === '') && numbers.length + emails.length + links.length === 0
  );
}

function valuesOf(row: OwnRow): SqlValue[] {
  const { name, firm, role, department, numbers, emails, links, note } = row;
  const lists = [packNumbers(numbers), JSON.stringify(emails), JSON.stringify(links)];
  return [name, firm, role, department, ...lists, note];
}

export function insertOwn(handle: string, personId: string, row: OwnRow): Statement {
  return {
    sql: `INSERT INTO directory_entry (name, firm, role, department, numbers, emails, links, note, directory_id, key, handle,
      person_id, content_hash, fields, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'own', ?, ?, ?, '', '[]', '')`,
    values: [...valuesOf(row), handle, handle, personId],
  };
}

export function updateOwn(handle: string, row: OwnRow): Statement {
  return {
    sql: `UPDATE directory_entry SET name = ?, firm = ?, role = ?, department = ?, numbers = ?, emails = ?, links = ?, note = ?,
      content_hash = '' WHERE handle = ? AND directory_id = 'own'`,
    values: [...valuesOf(row), handle],
  };
}
