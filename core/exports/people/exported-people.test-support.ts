import { knownNumberLabel, peopleColumn, type PeopleExportRequest } from '#contract/ipc/index.ts';
import type { ExportedPerson } from './exported-person.ts';

export function exportedPerson(fields: Partial<ExportedPerson> = {}): ExportedPerson {
  const texts = { id: 'p1', name: 'Ольга', firm: '', role: '', department: '', note: '' };
  return { ...texts, numbers: [], emails: [], links: [], directories: [''], photo: null, ...fields };
}

/** Headings are the columns' own keys. */
export function peopleRequestOf(fields: Partial<PeopleExportRequest> = {}): PeopleExportRequest {
  const labels = ['мобильный', 'рабочий', 'домашний', 'основной', 'внутренний', 'факс', 'секретарь', 'другой'];
  return {
    ...({ people: 'own', format: 'csv', columns: [...peopleColumn.options], language: 'ru' } as const),
    words: {
      title: 'Контакты',
      columns: Object.fromEntries(
        peopleColumn.options.map((key) => [key, key]),
      ) as PeopleExportRequest['words']['columns'],
      labels: Object.fromEntries(
        knownNumberLabel.options.map((key, index) => [key, labels[index]]),
      ) as PeopleExportRequest['words']['labels'],
      extension: 'доб.',
      own: 'Мои контакты',
    },
    ...fields,
  };
}
