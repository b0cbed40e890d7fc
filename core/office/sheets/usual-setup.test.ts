import { describe, expect, it } from 'vitest';
import { usualOutcome } from './usual-outcome.ts';
import { recogniseResults, usualSetup } from './usual-setup.ts';

describe('columns for results', () => {
  it.each([
    [
      ['ФИО', 'Телефон', 'Статус', 'Комментарий', 'Дата звонка', 'Перезвонить'],
      { outcome: 'Статус', note: 'Комментарий', calledAt: 'Дата звонка', followUp: 'Перезвонить' },
    ],
    [
      [
        'Клиент',
        'Моб.',
        'Статус клиента',
        'Результат звонка',
        'Дата последнего контакта',
        'Дата следующего звонка',
        'Прим.',
        'Примечания:',
      ],
      {
        outcome: 'Результат звонка',
        note: 'Примечания:',
        calledAt: 'Дата последнего контакта',
        followUp: 'Дата следующего звонка',
      },
    ],
    [
      ['Name', 'Phone', 'Status', 'Notes', 'Last call', 'Follow-up'],
      { outcome: 'Status', note: 'Notes', calledAt: 'Last call', followUp: 'Follow-up' },
    ],
    [
      ['Имя', 'Телефон', 'Итог', 'Дата рождения', 'Дата договора'],
      { outcome: 'Итог', note: null, calledAt: null, followUp: null },
    ],
    [[], { outcome: null, note: null, calledAt: null, followUp: null }],
  ])('of %j are %j', (headings, results) => {
    expect(recogniseResults(headings)).toEqual(results);
  });

  it('that are not there are proposed in the language of the sheet, or else of the office', () => {
    expect(usualSetup(['ФИО', 'Телефон'], 'en').results).toEqual({
      ...{ outcome: 'Результат', note: 'Комментарий', calledAt: 'Дата звонка', followUp: 'Перезвонить' },
    });
    expect(usualSetup(['Name', 'Phone', 'Result'], 'en').results).toMatchObject({ outcome: 'Result', note: 'Comment' });
    expect(usualSetup(['Name'], 'ru').results.calledAt).toBe('Дата звонка');
  });
});

describe('the outcome that is proposed', () => {
  it('is one of the office’s own where it has one', () => {
    expect(usualOutcome('no-answer', ['Купил', 'Не берёт трубку'], 'ru')).toBe('Не берёт трубку');
    expect(usualOutcome('busy', ['Sold'], 'en')).toBe('Busy');
    expect(usualOutcome('declined', [], 'ru')).toBe('Сбросили');
  });

  it('is left to the user after a talk', () => {
    expect(usualOutcome('answered', ['Нет ответа'], 'ru')).toBeNull();
  });
});
