import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pressInMenu, type MenuState } from './menu.ts';

const press = (digits: string, state: MenuState = { language: 'ru', place: 'menu' }) => {
  let last: ReturnType<typeof pressInMenu> = { state, action: { do: 'say', prompt: 'menu' } };
  for (const digit of digits) last = pressInMenu(last.state, digit);
  return last;
};

describe('the voice menu', () => {
  it('says every digit after 1, until the star leads back', () => {
    expect(press('17').action).toEqual({ do: 'say-digit', digit: '7' });
    expect(press('10').action).toEqual({ do: 'say-digit', digit: '0' });
    expect(press('17*')).toEqual({ state: { language: 'ru', place: 'menu' }, action: { do: 'say', prompt: 'menu' } });
  });

  it('echoes after 2 and plays music after 3', () => {
    expect(press('2').action).toEqual({ do: 'echo' });
    expect(press('3').action).toEqual({ do: 'music' });
    expect(press('25').action).toEqual({ do: 'echo' });
  });

  it('changes the language with 9 and back with another', () => {
    expect(press('9').state.language).toBe('en');
    expect(press('99').state.language).toBe('ru');
  });

  it('ends with 0 or the hash, and says so when a digit means nothing', () => {
    expect(press('0').action).toEqual({ do: 'end' });
    expect(press('#').action).toEqual({ do: 'end' });
    expect(press('5').action).toEqual({ do: 'say', prompt: 'unknown' });
  });

  it('leads back to the menu by the star from anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789#*ABCD') }), (digits) => {
        expect(press(`${digits}*`).state.place).toBe('menu');
      }),
    );
  });
});
