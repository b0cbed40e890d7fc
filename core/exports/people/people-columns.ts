import {
  knownNumberLabel,
  type PeopleColumn,
  type PeopleExportRequest,
  type PeopleExportWords,
} from '#contract/ipc/index.ts';
import { cleanLine, cleanNote } from '../clean-text.ts';
import type { TableLayout } from '../table-layout.ts';
import type { ExportedNumber, ExportedPerson } from './exported-person.ts';

interface Column {
  width: number;
  value(person: ExportedPerson, words: PeopleExportWords): string;
}

const columns: Record<PeopleColumn, Column> = {
  name: { width: 30, value: ({ name }) => cleanLine(name) },
  firm: { width: 28, value: ({ firm }) => cleanLine(firm) },
  role: { width: 22, value: ({ role }) => cleanLine(role) },
  department: { width: 22, value: ({ department }) => cleanLine(department) },
  number: { width: 22, value: ({ numbers: [first] }) => cleanLine(first?.text ?? '') },
  extension: { width: 12, value: ({ numbers: [first] }) => cleanLine(first?.extension ?? '') },
  label: { width: 14, value: ({ numbers: [first] }, words) => (first ? labelOf(first, words) : '') },
  otherNumbers: {
    width: 40,
    value: ({ numbers }, words) =>
      numbers
        .slice(1)
        .map((number) => numberText(number, words))
        .join('; '),
  },
  email: { width: 28, value: ({ emails }) => cleanLine(emails.join(', ')) },
  link: { width: 28, value: ({ links }) => cleanLine(links.join(', ')) },
  note: { width: 48, value: ({ note }) => cleanNote(note) },
  directory: {
    width: 24,
    value: ({ directories }, words) => cleanLine(directories.map((label) => label || words.own).join(', ')),
  },
};

/** A table of people: everything in it is text, so that no number loses its plus or its zero. */
export function layoutOfPeople({ columns: chosen, words, language }: PeopleExportRequest): TableLayout<ExportedPerson> {
  const inOrder = [...new Set(chosen)];
  return {
    title: words.title,
    language,
    columns: inOrder.map((key) => ({
      heading: words.columns[key],
      kind: 'text',
      width: columns[key].width,
      value: (person) => columns[key].value(person, words) || null,
    })),
  };
}

/** e.g. `+7 495 123-45-67 доб. 12 (рабочий)`, which is read back as one number. */
function numberText(number: ExportedNumber, words: PeopleExportWords): string {
  const extension = number.extension === '' ? '' : ` ${words.extension} ${number.extension}`;
  const label = labelOf(number, words).replace(/[()]/g, '');
  return cleanLine(`${number.text}${extension}${label === '' ? '' : ` (${label})`}`);
}

export function labelOf({ label }: Pick<ExportedNumber, 'label'>, { labels }: PeopleExportWords): string {
  const known = knownNumberLabel.safeParse(label);
  return cleanLine(known.success ? labels[known.data] : label);
}
