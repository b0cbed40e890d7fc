import { describe, expect, it } from 'vitest';
import { noteExcerpt } from './note-excerpt.ts';

const note = 'Просит счёт до пятницы,\nадрес доставки прежний, звонить Фёдору';

describe('a note on one line', () => {
  it('begins at its beginning where nothing is looked for', () => {
    expect(noteExcerpt(note)).toBe('Просит счёт до пятницы, адрес доставки прежний, звонить Фёдору');
  });

  it('begins where it says what is looked for, so that the list shows why a call was found', () => {
    expect(noteExcerpt(note, 'достав')).toBe('… доставки прежний, звонить Фёдору');
    expect(noteExcerpt(note, 'ФЕДОР')).toBe('… Фёдору');
  });

  it('stays at its beginning where that is in sight already, or where it is found by something else', () => {
    expect(noteExcerpt(note, 'счет')).toMatch(/^Просит/);
    expect(noteExcerpt(note, 'ставки')).toMatch(/^Просит/);
    expect(noteExcerpt(note, '(495')).toMatch(/^Просит/);
  });
});
