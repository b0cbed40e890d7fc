import type { Disposition } from '#contract/ipc/index.ts';

export type JournalLanguage = 'ru' | 'en';

/** How calls ended, as journals of other programs have it. */
export const dispositionWords: Record<JournalLanguage, Record<Disposition, string>> = {
  ru: {
    answered: 'разговор состоялся',
    missed: 'пропущен',
    declined: 'отклонён',
    'answered-elsewhere': 'ответили на другом аппарате',
    busy: 'занято',
    'no-answer': 'нет ответа',
    cancelled: 'отменён до ответа',
    failed: 'не удался',
    cut: 'разговор прервался',
  },
  en: {
    answered: 'answered',
    missed: 'missed',
    declined: 'declined',
    'answered-elsewhere': 'answered elsewhere',
    busy: 'busy',
    'no-answer': 'no answer',
    cancelled: 'cancelled before an answer',
    failed: 'failed',
    cut: 'cut off',
  },
};
