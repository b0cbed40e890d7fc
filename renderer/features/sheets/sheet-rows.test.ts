import { describe, expect, it } from 'vitest';
import { sampleResult, sampleSetup, sampleSheet, sampleSheetRow } from '#renderer/gallery/sheet-samples.ts';
import { fillScript } from './fill-script.ts';
import { resultOf } from './row-results.ts';
import { fromDraft, moved, outcomesOf, toDraft } from './setup-draft.ts';
import { cellAt, shownColumns, tableColumns } from './table-columns.ts';

const { columns } = sampleSheet();

describe('a script', () => {
  const read = (script: string) => fillScript(script, sampleSheetRow(0), columns);

  it('has the row’s cells in the places of headings, however they are written', () => {
    expect(read('{клиент} из { Город }')).toEqual([
      { kind: 'value', text: 'Иван Петров' },
      { kind: 'text', text: ' из ' },
      { kind: 'value', text: 'Москва' },
    ]);
  });

  it('names what the row has not, and leaves what names no column as it was', () => {
    expect(read('{Итог}{нет}')).toEqual([
      { kind: 'missing', text: 'Итог' },
      { kind: 'text', text: '{нет}' },
    ]);
  });

  it('fills nothing into what was filled in', () => {
    const row = sampleSheetRow(0, { cells: ['', '{Город}', '', '', 'Москва'] });
    expect(fillScript('{Клиент}', row, columns)).toEqual([{ kind: 'value', text: '{Город}' }]);
  });
});

describe('the columns of the table', () => {
  it('begin with the call, and end with those that the user has chosen', () => {
    expect(tableColumns(columns, sampleSetup({ shown: ['Сумма', 'нет такого', 'Город'] })).map(({ id }) => id)).toEqual(
      ['call', 'who', 'phone', 'outcome', 'followUp', 'state', 'note', 'calledAt', 'cell-6', 'cell-4'],
    );
  });

  it('are the first that say anything new, where nobody has chosen', () => {
    const shown = shownColumns(columns, sampleSetup({ shown: [] })).map(({ heading }) => heading);
    expect(shown).toEqual(['Город', 'Менеджер', 'Сумма']);
  });

  it('find their cells by the place in the sheet', () => {
    expect(cellAt({ cells: ['a', 'b'] }, [columns[3]!, columns[1]!], 1)).toBe('b');
    expect(cellAt({ cells: ['a'] }, columns, null)).toBe('');
  });
});

describe('what came of a call', () => {
  const [, , , outcome, followUp] = tableColumns(columns, sampleSetup());

  it('is what was said here, else what the sheet says; of what is written, what the sheet says by now', () => {
    const row = sampleSheetRow(0);
    row.cells[8] = 'Отказ';
    expect(resultOf(row, outcome!, columns)).toBe('Отказ');
    row.result = sampleResult({ outcome: 'Думает', followUpAt: 5 });
    expect([resultOf(row, outcome!, columns), resultOf(row, followUp!, columns)]).toEqual(['Думает', 5]);
    row.writing = 'written';
    expect(resultOf(row, outcome!, columns)).toBe('Отказ');
  });
});

describe('the fields of the setup', () => {
  it('come back as they were', () => {
    const setup = sampleSetup({ outcomes: ['Да', 'Нет'], pauseMilliseconds: 5000 });
    expect(fromDraft(toDraft(setup))).toEqual(setup);
  });

  it('drop what is too long, too much or twice', () => {
    expect(outcomesOf(`Да\n да \n${'я'.repeat(70)}`)[2]).toHaveLength(60);
    expect(outcomesOf(Array.from({ length: 40 }, (_, index) => String(index)).join('\n'))).toHaveLength(30);
  });

  it('move a column within its list alone', () => {
    expect(moved(['а', 'б', 'в'], 'в', -1)).toEqual(['а', 'в', 'б']);
    expect(moved(['а', 'б'], 'а', -1)).toEqual(['а', 'б']);
  });
});
