import type { TableRow } from '../table.ts';
import { looksLikeEmail, looksLikeNumber } from './column-content.ts';
import { readHeading } from './heading-words.ts';

export interface Heading {
  /** Counted from 1; the lower one of two. */
  row: number;
  /** By place among the cells; empty for a column without one. */
  texts: string[];
}

/** Rows in which a heading is looked for. */
export const headingRows = 60;

function isData(texts: readonly string[]): boolean {
  return texts.some((text) => looksLikeNumber(text) || looksLikeEmail(text));
}

/** Columns whose heading is known; a role that is there twice says little more than one that is there once. */
function worth(texts: readonly string[]): number {
  const roles = texts
    .map((text) => (text === '' ? null : (readHeading(text)?.role ?? null)))
    .filter((role) => role !== null);
  return new Set(roles).size + roles.length / 100;
}

const tidy = (texts: readonly string[]) => texts.map((text) => text.replace(/\s+/g, ' ').trim());

/**
 * Two lines of headings as one: `Телефоны` over `моб.` and `раб.` is said of both, also where the upper cells are merged
 * into one. A cell merged downwards has nothing below.
 */
function joined(upper: readonly string[], lower: readonly string[]): string[] {
  let group = '';
  return lower.map((text, index) => {
    const above = upper[index] ?? '';
    if (above !== '') group = above;
    else if (text === '') group = '';
    if (text === '') return above;
    const both = group === '' ? text : `${group} ${text}`;
    // A word that says enough alone needs no group before it: "Контакты" over "E-mail".
    const alone = readHeading(text)?.role;
    return alone === undefined || alone === 'byContent' ? both : text;
  });
}

/** Every row, and every two rows on top of each other, that may be headings. */
export function possibleHeadings(rows: readonly TableRow[]): Heading[] {
  const looked = rows.slice(0, headingRows).map(({ row, cells }) => ({ row, texts: tidy(cells) }));
  return looked.flatMap((lower, index) => {
    if (isData(lower.texts)) return [];
    const upper = looked[index - 1];
    const above = upper?.row === lower.row - 1 && !isData(upper.texts) ? upper : null;
    return above ? [lower, { row: lower.row, texts: joined(above.texts, lower.texts) }] : [lower];
  });
}

/**
 * Finds the row of headings, which need not be the first: titles, dates of an export and blank rows may be above it.
 * Null where there is none.
 */
export function findHeading(rows: readonly TableRow[]): Heading | null {
  let best: Heading | null = null;
  let most = 0;
  for (const heading of possibleHeadings(rows)) {
    const value = worth(heading.texts);
    const filled = heading.texts.filter((text) => text !== '').length;
    // One known word among others is a title or a status.
    if (Math.floor(value) < Math.min(2, filled) || Math.floor(value) < 1 || value <= most) continue;
    best = heading;
    most = value;
  }
  return best;
}
