import { describe, expect, it } from 'vitest';
import { sampleOlga } from '#renderer/gallery/people-samples.ts';
import { howFound, inOtherLayout, piecesOf } from './search-hits.ts';

const marked = (text: string, asked: string) =>
  piecesOf(text, asked)
    .filter(({ hit }) => hit)
    .map(({ text: part }) => part);

describe('what a search has found', () => {
  it('is marked wherever in the text it stands, in any case and with either е', () => {
    expect(marked('Пётр Демидов', 'пет мид')).toEqual(['Пёт', 'мид']);
  });

  it('is marked in a number, whatever stands between the digits and before the city', () => {
    expect(marked('+7 903 000-00-42', '000004')).toEqual(['000-00-4']);
    expect(marked('+7 903 000-00-42', '8 903')).toEqual(['7 903']);
    expect(marked('+7 903 000-00-42', '903')).toEqual(['903']);
  });

  it('is marked also where it was typed in the other layout', () => {
    expect(inOtherLayout('jkmuf')).toBe('ольга');
    expect(inOtherLayout('вуьщ')).toBe('demo');
    expect(marked('Ольга Демидова', 'jkmuf')).toEqual(['Ольга']);
  });

  it('leaves nothing of the text out', () => {
    for (const asked of ['', 'о', 'демидова ольга', '42', 'zzz'])
      expect(
        piecesOf('Ольга Демидова', asked)
          .map(({ text }) => text)
          .join(''),
      ).toBe('Ольга Демидова');
  });

  it('tells typing, layout and what a row does not show apart', () => {
    const olga = sampleOlga();
    expect(['демид', 'ltvbl', 'сделка', '0042'].map((asked) => howFound(olga, asked))).toEqual([
      'typed',
      'layout',
      'unseen',
      'typed',
    ]);
  });
});
