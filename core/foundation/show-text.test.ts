import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, linesWithoutDeceit, showLine, withoutDeceit } from './show-text.ts';

describe('hostile text', () => {
  it('neither turns around nor hides what stands beside it', () => {
    expect(withoutDeceit('\u202e\u2066Банк\u0000\t\r\n\u2069\u202c')).toBe('Банк');
    expect(linesWithoutDeceit('\u202e\u2066Банк\u0000\t\r\nX\u2069\u202c')).toBe('Банк\t\nX');
  });

  it('keeps what joins letters and pictures where it is kept for long', () => {
    for (const text of ['می\u200cخواهم', '👩\u200d💻', 'Bank\u00adhaus'])
      expect([withoutDeceit(text), linesWithoutDeceit(text)]).toEqual([text, text]);
  });

  it('is cut, and no character with it', () => {
    expect(cutText('Анна', 4)).toBe('Анна');
    expect(cutText('Анна', 3)).toBe('Анн');
    expect(cutText('a😀b', 2)).toBe('a');
    expect(cutText('a😀b', 3)).toBe('a😀');
    expect(cutText('😀', 0)).toBe('');
  });

  it.each([
    ['Банк\u202e\r\nX: y\u0000', 'Банк X: y'],
    ['  a \t b\u00a0\u00a0c\u2028d ', 'a b c d'],
    ['a\u200bb\u00adc\u061cd\ufeffe', 'a b c d e'],
    ['\u202e\u0007', ''],
    ['', ''],
  ])('%j is shown as %j', (text, shown) => {
    expect(showLine(text, 120)).toBe(shown);
  });

  it('is shown as one short line, whatever it is', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom(...' \n\u202e\u0000😀'), fc.string({ maxLength: 3 })) });
    fc.assert(
      fc.property(text, fc.nat(30), (said, most) => {
        const shown = showLine(said, most);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\s\s|^\s|\s$/u);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(!said.isWellFormed() || shown.isWellFormed()).toBe(true);
        expect(showLine(shown, most)).toBe(shown);
      }),
      { numRuns: 300 },
    );
  });
});
