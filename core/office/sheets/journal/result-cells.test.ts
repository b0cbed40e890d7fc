import { describe, expect, it } from 'vitest';
import type { CallResult } from '#contract/ipc/index.ts';
import { resultColumns as results } from '../reading/sheet-reader.test-support.ts';
import { addNote, resultCells } from './result-cells.ts';
import type { ChangedCell, SheetChange } from './sheet-change.ts';

const at = new Date(2026, 0, 15, 9, 30).getTime();
const result = (fields: Partial<CallResult>): CallResult => {
  return { outcome: null, note: '', calledAt: null, followUpAt: null, ...fields };
};
const change = (cells: ChangedCell[], state: SheetChange['state'] = 'waiting') => ({ cells, state }) as SheetChange;
const cells = (
  given: CallResult,
  now: Record<string, string> = {},
  before: SheetChange | null = null,
  written: SheetChange | null = null,
) => resultCells(given, { results, textOf: (heading) => now[heading] ?? '', before, written });

describe('the cells of a result', () => {
  it('are those that it names alone, each expecting what is there', () => {
    expect(cells(result({ outcome: 'Да', calledAt: at }), { Статус: 'новый' })).toEqual([
      { heading: 'Статус', value: { kind: 'text', text: 'Да' }, expected: 'новый' },
      { heading: 'Дата звонка', value: { kind: 'date', at, withTime: true }, expected: '' },
    ]);
    expect(cells(result({}))).toEqual([]);
  });

  it('show a day without a time where none was given', () => {
    const day = new Date(2026, 0, 20).getTime();
    expect(cells(result({ followUpAt: day }))[0]!.value).toEqual({ kind: 'date', at: day, withTime: false });
  });

  it('go nowhere where the sheet has no place for them', () => {
    const place = { textOf: () => '', before: null, written: null };
    expect(resultCells(result({ outcome: 'Да' }), { ...place, results: { ...results, outcome: null } })).toEqual([]);
  });

  it('expect what was there before those that wait, and keep what is not said anew', () => {
    const first = change(cells(result({ outcome: 'Да', calledAt: at }), { Статус: 'новый' }));
    const both = cells(result({ outcome: 'Нет' }), { Статус: 'кто-то другой' }, first);
    expect(
      both.map(({ heading, value, expected }) => [heading, value.kind === 'text' && value.text, expected]),
    ).toEqual([
      ['Дата звонка', false, ''],
      ['Статус', 'Нет', 'новый'],
    ]);
  });

  it('that did not fit expect what the user sees now', () => {
    const first = change(cells(result({ outcome: 'Да' }), { Статус: 'новый' }), 'conflict');
    expect(cells(result({ outcome: 'Нет' }), { Статус: 'кто-то другой' }, first)[0]!.expected).toBe('кто-то другой');
  });
});

describe('a note', () => {
  it('goes under what the office wrote, and is not repeated', () => {
    expect(addNote('', 'раз')).toBe('раз');
    expect(addNote('было', 'раз')).toBe('было\nраз');
    expect(addNote('было\nраз', 'раз')).toBe('было\nраз');
    expect(addNote('раз', 'раз, и ещё')).toBe('раз, и ещё');
  });

  it('takes the place of an earlier one of the same call', () => {
    const note = (text: string, now: string, written: SheetChange | null) =>
      cells(result({ note: text }), { Комментарий: now }, null, written)[0]!;
    const first = note('раз', 'было', null);
    expect(first).toMatchObject({ value: { text: 'было\nраз' }, expected: 'было', base: 'было' });
    const written = change([first], 'written');
    expect(note('два', 'было\nраз', written)).toMatchObject({ value: { text: 'было\nдва' }, expected: 'было\nраз' });
    // Somebody has gone on writing there: theirs stays.
    expect(note('два', 'было\nраз, потом три', written).value).toEqual({
      kind: 'text',
      text: 'было\nраз, потом три\nдва',
    });
  });
});
