import { describe, expect, it } from 'vitest';
import { bindRussian } from './typography.ts';

const shown = (text: string) => bindRussian(text).replaceAll('\u00a0', '~');

describe('Russian typography', () => {
  it('binds short words to the next one, one after another too', () => {
    expect(shown('Деньги на счёте и в кассе')).toBe('Деньги на~счёте и~в~кассе');
    expect(shown('Не с ним')).toBe('Не~с~ним');
  });

  it('binds a dash to the word before it, and a unit to its number', () => {
    expect(shown('Звонок — пропущен')).toBe('Звонок~— пропущен');
    expect(shown('4 мин 12 с')).toBe('4~мин 12~с');
  });

  it('leaves the ends of longer words alone', () => {
    expect(shown('порядок дела')).toBe('порядок дела');
  });
});
