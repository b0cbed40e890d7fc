import { exportColumn, type ExportRequest } from '#contract/ipc/index.ts';

/** Everything, as CSV in Russian, but for what is said; the heading of a column is its key. */
export function exportRequestOf(fields: Partial<ExportRequest> = {}): ExportRequest {
  return {
    filter: {},
    format: 'csv',
    language: 'ru',
    words: {
      title: 'Звонки',
      columns: Object.fromEntries(exportColumn.options.map((key) => [key, key])) as ExportRequest['words']['columns'],
      directions: { incoming: 'Входящий', outgoing: 'Исходящий' },
      dispositions: {
        answered: 'разговор',
        missed: 'без ответа',
        declined: 'отклонён',
        'answered-elsewhere': 'ответили на другом телефоне',
        busy: 'занято',
        'no-answer': 'не ответили',
        cancelled: 'отменён',
        failed: 'не состоялся',
        cut: 'связь прервалась',
        underway: 'идёт сейчас',
      },
      withheld: 'Номер скрыт',
      yes: 'да',
      no: 'нет',
    },
    ...fields,
  };
}
