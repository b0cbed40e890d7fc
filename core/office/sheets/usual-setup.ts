import type { ResultColumns, SheetSetup } from '#contract/ipc/index.ts';
import { foldHeading } from '#core/contacts/directories/sheets/index.ts';

type ResultName = keyof ResultColumns;
export type OfficeLanguage = 'ru' | 'en';

/** By folded headings; of several that fit the first in the sheet is taken, of several patterns the first. */
const known: Record<ResultName, readonly RegExp[]> = {
  followUp: [
    /(?:^| )(?:перезвон\p{L}*|след\p{L}* (?:звон\p{L}*|контакт\p{L}*|шаг\p{L}*)|дата след\p{L}*|напомин\p{L}*)/u,
    /(?:^| )(?:call back|callback|follow ?up|next (?:call|contact|step)|reminder)/u,
  ],
  calledAt: [
    /(?:^| )(?:дата (?:последнего )?(?:звон\p{L}*|обзвон\p{L}*|контакт\p{L}*)|последний звон\p{L}*|когда звонили|звонили|обзвон)(?= |$)/u,
    /(?:^| )(?:call date|date of (?:the )?call|called(?: at| on)?|last (?:call|contact)\p{L}*|contacted)(?= |$)/u,
  ],
  outcome: [
    /(?:^| )(?:результат\p{L}*|итог\p{L}*)(?= |$)/u,
    /(?:^| )(?:outcome|result|disposition)s?(?= |$)/u,
    /^(?:статус\p{L}*|status|stage)(?= |$)/u,
  ],
  note: [
    /(?:^| )(?:комментари\p{L}*|коммент|примечани\p{L}*|заметк\p{L}*)(?= |$)/u,
    /(?:^| )(?:comments?|notes?|remarks?)(?= |$)/u,
  ],
};

const proposed: Record<OfficeLanguage, Record<ResultName, string>> = {
  ru: { outcome: 'Результат', note: 'Комментарий', calledAt: 'Дата звонка', followUp: 'Перезвонить' },
  en: { outcome: 'Outcome', note: 'Comment', calledAt: 'Call date', followUp: 'Call back' },
};

function find(name: ResultName, headings: readonly string[], taken: ReadonlySet<string>): string | null {
  for (const pattern of known[name]) {
    const found = headings.find((heading) => !taken.has(heading) && pattern.test(foldHeading(heading)));
    if (found !== undefined) return found;
  }
  return null;
}

/** Headings that look as if results belonged there; null for those that there are not. */
export function recogniseResults(headings: readonly string[]): ResultColumns {
  const results: ResultColumns = { outcome: null, note: null, calledAt: null, followUp: null };
  const taken = new Set<string>(['']);
  // What says most comes first: «Результат звонка» is no date of a call, «Дата следующего звонка» is.
  for (const name of ['followUp', 'calledAt', 'outcome', 'note'] as const) {
    results[name] = find(name, headings, taken);
    if (results[name] !== null) taken.add(results[name]);
  }
  return results;
}

/** How a sheet is worked through before anybody has said so: what it lacks is proposed in the office's language. */
export function usualSetup(headings: readonly string[], language: OfficeLanguage): SheetSetup {
  const found = recogniseResults(headings);
  const words = proposed[headings.some((heading) => /\p{Script=Cyrillic}/u.test(heading)) ? 'ru' : language];
  const results = Object.fromEntries(
    (Object.keys(words) as ResultName[]).map((name) => [name, found[name] ?? words[name]]),
  ) as ResultColumns;
  return { shown: [], script: '', outcomes: [], results, byHand: true, pauseMilliseconds: null };
}
