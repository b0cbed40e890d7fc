import type { ColumnRole, SheetMapping } from '#contract/ipc/index.ts';
import type { TableRow } from '../table.ts';
import { columnContent, type ColumnContent } from './column-content.ts';
import type { Heading } from './find-heading.ts';
import { readHeading, type HeadingWord } from './heading-words.ts';

export type MappedColumn = SheetMapping['columns'][number];

interface Judged {
  column: number;
  heading: string;
  word: HeadingWord | null;
  content: ColumnContent;
  role: ColumnRole;
}

const most = 0.6;

function byContent({ filled, numbers, emails, links }: ColumnContent): ColumnRole | null {
  if (filled === 0) return null;
  if (emails >= most) return 'email';
  if (numbers >= most) return 'number';
  return links >= most ? 'link' : null;
}

/** A word that may mean several things: `№` is the row's number or the customer's, `Контакт` a name or a number. */
function byWordAndContent(heading: string, content: ColumnContent): ColumnRole {
  const found = byContent(content);
  if (found) return found;
  if (/контакт|contact/i.test(heading)) return content.words > 0 || content.filled === 0 ? 'name' : 'ignored';
  return !content.running && content.unique && content.filled > 1 ? 'id' : 'ignored';
}

function judge(heading: string, word: HeadingWord | null, content: ColumnContent): ColumnRole {
  if (word === null) return byContent(content) ?? 'ignored';
  if (word.role === 'byContent') return byWordAndContent(heading, content);
  // An id that comes twice, or counts the rows, is none.
  if (word.role === 'id' && (!content.unique || content.running)) return content.running ? 'ignored' : 'shown';
  if (word.role === 'name' && content.firms > 0.3) return 'firm';
  // E-mail addresses in the column of numbers, and the other way round, where people typed them so.
  if (word.role === 'number' && content.emails >= most) return 'email';
  return word.role === 'email' && content.numbers >= most ? 'number' : word.role;
}

/** `Имя` alone is the whole name; `Клиент` beside a name of a human is the firm; the second id is only shown. */
function settle(columns: Judged[]): void {
  const has = (role: ColumnRole) => columns.some((each) => each.role === role);
  if (!has('familyName'))
    for (const each of columns) if (each.role === 'givenName') each.role = has('name') ? 'ignored' : 'name';
  const names = columns.filter(({ role }) => role === 'name');
  const customer = names.find(({ heading }) => /клиент|покупател|заказчик|client|customer/i.test(heading));
  const human = names.length > 1 || has('familyName');
  if (customer && human && !has('firm') && !/фио|имя|name/i.test(customer.heading)) customer.role = 'firm';
  columns
    .filter(({ role }) => role === 'id')
    .slice(1)
    .forEach((each) => (each.role = 'shown'));
}

/** Where nobody named the columns: the one of most words is the name, the one of legal forms the firm. */
function guessNames(columns: Judged[]): void {
  const free = columns.filter(({ role, content }) => role === 'ignored' && content.filled > 0);
  const best = (of: 'words' | 'firms', least: number) => {
    const found = free.filter(({ role, content }) => role === 'ignored' && content[of] >= least);
    return found.reduce<Judged | null>(
      (one, next) => (one === null || next.content[of] > one.content[of] ? next : one),
      null,
    );
  };
  const firm = best('firms', 0.3);
  if (firm) firm.role = 'firm';
  const name = best('words', 0.5);
  if (name) name.role = 'name';
}

/**
 * Finds out what each column holds: by its heading, and where that does not tell, by what is in it.
 * @param heading null where the table has none
 * @param rows a sample of those below the heading, with `columns` as their cells
 */
export function recogniseColumns(
  heading: Heading | null,
  rows: readonly TableRow[],
  columns: readonly number[],
): MappedColumn[] {
  const judged = columns.map((column, index): Judged => {
    const text = heading?.texts[index] ?? '';
    const word = text === '' ? null : readHeading(text);
    const content = columnContent(rows, index);
    return { column, heading: text, word, content, role: judge(text, word, content) };
  });
  settle(judged);
  const named = judged.some(({ role }) => role === 'name' || role === 'familyName' || role === 'firm');
  if (!named) guessNames(judged);
  return judged
    .filter(({ heading: text, content }) => text !== '' || content.filled > 0)
    .map(({ column, heading: text, role, word }) => {
      const label = role === 'number' ? (word?.label ?? '') : '';
      return { column, heading: text.slice(0, 200), role, label };
    });
}
