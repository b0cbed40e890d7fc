import { ownContact } from '#contract/ipc/index.ts';
import type { OwnContact, PersonDetail } from '#contract/ipc/index.ts';

export const numberLabels = ['mobile', 'work', 'home', 'main', 'internal', 'fax', 'assistant', 'other'] as const;

/** A contact as it is being written: with empty lines to type in. */
export interface ContactDraft {
  name: string;
  firm: string;
  role: string;
  department: string;
  numbers: { text: string; label: string }[];
  emails: string[];
  links: string[];
  note: string;
}

export type DraftField =
  'name' | 'firm' | 'role' | 'department' | 'note' | `numbers.${number}` | `emails.${number}` | `links.${number}`;

const whole = <T>(some: readonly T[], empty: T): T[] => (some.length > 0 ? [...some] : [empty]);

export function draftOf(contact: Partial<OwnContact>): ContactDraft {
  const { name = '', firm = '', role = '', department = '', note = '' } = contact;
  return {
    ...{ name, firm, role, department, note },
    numbers: whole(
      (contact.numbers ?? []).map((number) => ({ ...number })),
      { text: '', label: 'mobile' },
    ),
    emails: whole(contact.emails ?? [], ''),
    links: whole(contact.links ?? [], ''),
  };
}

/** What the user adds to somebody of another directory: the first number makes the two one person. */
export function additionTo(person: PersonDetail): Partial<OwnContact> {
  const numbers = person.numbers.slice(0, 1).map(({ dial, extension, display, label }) => ({
    text: extension ? dial : display || dial,
    label,
  }));
  return { name: person.name, firm: person.firm, role: person.role, department: person.department, numbers };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** A page without its scheme, as people write it, is one of the web. */
const asAddress = (text: string) => (/^[\w-]+(\.[\w-]+)+(\/|$)/.test(text) ? `https://${text}` : text);

/**
 * What is sent for a draft; lines left empty are none. `wrong` names the fields that the contract would refuse, and those
 * that nobody could call, write to or open.
 */
export function readDraft(draft: ContactDraft): { contact: OwnContact | null; wrong: ReadonlySet<DraftField> } {
  const wrong = new Set<DraftField>();
  const kept = draft.numbers
    .map((number, index) => ({ ...number, text: number.text.trim(), index }))
    .filter(({ text }) => text !== '');
  for (const { text, index } of kept) if (!/[\d@]/.test(text)) wrong.add(`numbers.${index}`);
  draft.emails.forEach((email, index) => {
    if (email.trim() !== '' && !/^[^\s@]+@[^\s@]+$/.test(email.trim())) wrong.add(`emails.${index}`);
  });
  draft.links.forEach((link, index) => {
    if (link.trim() !== '' && !isWebAddress(asAddress(link.trim()))) wrong.add(`links.${index}`);
  });
  const filled = (lines: string[]) => lines.map((line) => line.trim()).filter((line) => line !== '');
  const parsed = ownContact.safeParse({
    ...draft,
    numbers: kept.map(({ text, label }) => ({ text, label })),
    emails: filled(draft.emails),
    links: filled(draft.links).map(asAddress),
  });
  for (const {
    path: [field, at],
  } of parsed.error?.issues ?? []) {
    const index =
      typeof at !== 'number'
        ? null
        : field === 'numbers'
          ? kept[at]?.index
          : nth(draft[field as 'emails' | 'links'], at);
    wrong.add((index === null || index === undefined ? String(field) : `${String(field)}.${index}`) as DraftField);
  }
  return { contact: parsed.success && wrong.size === 0 ? parsed.data : null, wrong };
}

/** Index in the draft of the line that is the `at`th of those that are not empty. */
function nth(lines: readonly string[], at: number): number | undefined {
  return lines.map((line, index) => ({ line, index })).filter(({ line }) => line.trim() !== '')[at]?.index;
}
