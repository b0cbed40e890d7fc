import { sourceEntry, type SourceEntry } from '../source-entry.ts';

/** A contact as Graph gives it; `@removed` where it is gone. */
export type GraphContact = Record<string, unknown> & { id: string };

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
const texts = (value: unknown) => (Array.isArray(value) ? value.map(text).filter((one) => one !== '') : []);

/** Names of a folder and a contact hold no blanks. */
export function contactKey(folder: string, id: string): string {
  return `${folder} ${id}`;
}

export function isGone(contact: GraphContact): boolean {
  return '@removed' in contact;
}

export function readContact(folder: string, folderName: string, contact: GraphContact): SourceEntry {
  const labelled = (numbers: readonly string[], label: string) => numbers.map((number) => ({ text: number, label }));
  const given = [contact['givenName'], contact['middleName'], contact['surname']]
    .map(text)
    .filter((part) => part !== '');
  const firm = text(contact['companyName']);
  const name = text(contact['displayName']) || given.join(' ') || firm;
  const emails = Array.isArray(contact['emailAddresses']) ? contact['emailAddresses'] : [];
  const page = text(contact['businessHomePage']);
  const categories = texts(contact['categories']);
  return sourceEntry({
    key: contactKey(folder, contact.id),
    name,
    firm,
    role: text(contact['jobTitle']),
    department: text(contact['department']),
    numbers: [
      ...labelled(texts(contact['businessPhones']), 'work'),
      ...labelled([text(contact['mobilePhone'])].filter(Boolean), 'mobile'),
      ...labelled(texts(contact['homePhones']), 'home'),
    ],
    emails: emails
      .map((one: unknown) => text((one as { address?: unknown } | null)?.address))
      .filter((one) => one !== ''),
    links: page === '' ? [] : [/^https?:\/\//i.test(page) ? page : `http://${page}`],
    note: text(contact['personalNotes']),
    fields: categories.length === 0 ? [] : [{ name: 'categories', value: categories.join(', ') }],
    place: [folderName, name].filter((part) => part !== '').join(' › '),
  });
}
