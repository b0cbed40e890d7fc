import type { Disposition } from '#contract/ipc/index.ts';
import type { OfficeLanguage } from './usual-setup.ts';

type Unreached = 'noAnswer' | 'busy' | 'failed' | 'declined';

const kinds: Partial<Record<Disposition, Unreached>> = {
  'no-answer': 'noAnswer',
  cancelled: 'noAnswer',
  busy: 'busy',
  failed: 'failed',
  cut: 'failed',
  declined: 'declined',
};
const words: Record<OfficeLanguage, Record<Unreached, string>> = {
  ru: { noAnswer: 'Нет ответа', busy: 'Занято', failed: 'Не удалось дозвониться', declined: 'Сбросили' },
  en: { noAnswer: 'No answer', busy: 'Busy', failed: 'Could not be reached', declined: 'Declined' },
};
const likely: Record<Unreached, RegExp> = {
  noAnswer: /нет ответа|не (?:ответ|бер|взял|дозвон)|недозвон|no answer|not answered/iu,
  busy: /занят|busy/iu,
  failed: /не дозвон|не удалось|недозвон|ошибк|недоступ|failed|unreach/iu,
  declined: /сброс|отклон|declin|reject/iu,
};

/** What to propose after a call that nobody answered: one of the office's own words if it has one. Null after a talk. */
export function usualOutcome(
  disposition: Disposition,
  outcomes: readonly string[],
  language: OfficeLanguage,
): string | null {
  const kind = kinds[disposition];
  if (!kind) return null;
  return outcomes.find((outcome) => likely[kind].test(outcome)) ?? words[language][kind];
}
