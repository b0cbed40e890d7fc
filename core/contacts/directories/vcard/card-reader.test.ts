import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf, textOf } from './card-property.ts';
import { CardReader, type BrokenCard, type Card } from './card-reader.ts';
import {
  androidCard,
  appleCards,
  googleCard,
  outlookCard,
  thunderbirdCard,
  windows1251,
} from './dialects.test-support.ts';

function read(input: string | Uint8Array, pieceLength = Infinity): (Card | BrokenCard)[] {
  const bytes = Buffer.from(input as Uint8Array).toString('latin1');
  const reader = new CardReader();
  const cards: (Card | BrokenCard)[] = [];
  for (let at = 0; at < bytes.length; at += pieceLength) cards.push(...reader.push(bytes.slice(at, at + pieceLength)));
  return [...cards, ...reader.end()];
}
const textsOf = (card: Card | BrokenCard | undefined, name: string) =>
  card?.kind === 'card' ? card.properties.filter((each) => each.name === name).map(textOf) : null;
const card = (...lines: string[]) => `BEGIN:VCARD\nVERSION:3.0\n${lines.join('\n')}\nEND:VCARD\n`;

describe('the cards of a file', () => {
  it('are the same in whatever pieces they come, and with whatever ends of lines', () => {
    const file = outlookCard + googleCard + appleCards + thunderbirdCard + androidCard;
    const whole = read(file);
    expect(whole.map(({ kind }) => kind)).toEqual(Array(7).fill('card'));
    for (const length of [1, 7, 1000]) expect(read(file, length)).toEqual(whole);
    for (const end of ['\n', '\r']) expect(read(file.replaceAll('\r\n', end))).toEqual(whole);
    expect(read(`\ufeff${file}`)).toEqual(whole);
  });

  it('are read but for one that has no end, which is named by what is known of it', () => {
    const cut = 'BEGIN:VCARD\nVERSION:3.0\nFN:Cut\nTEL:1\n';
    const cards = read(card('FN:A') + cut + card('FN:B') + 'BEGIN:VCARD\nVERSION:3.0\nF');
    expect(cards).toMatchObject([
      { kind: 'card', line: 1 },
      { kind: 'broken', line: 5, name: 'Cut' },
      { kind: 'card', line: 9 },
      { kind: 'broken', line: 13, name: '' },
    ]);
  });

  it('bear lines that are no properties', () => {
    const [odd] = read(card('garbage', 'TEL;TYPE="CELL:1', 'FN:A', ':x', ';;;', '=:', 'TEL;;=;:2', '\0\0'));
    expect(textsOf(odd, 'TEL')).toEqual(['1', '2']);
    expect(textsOf(odd, 'FN')).toEqual(['A']);
  });

  it('have long lines whole that were folded, also within a character', () => {
    const bytes = Buffer.from('NOTE:Просит счёт до пятницы');
    for (let at = 6; at < bytes.length; at += 1) {
      const folded = Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n '), bytes.subarray(at)]);
      const [whole] = read(Buffer.concat([Buffer.from('BEGIN:VCARD\r\n'), folded, Buffer.from('\r\nEND:VCARD\r\n')]));
      expect(textsOf(whole, 'NOTE')).toEqual(['Просит счёт до пятницы']);
    }
  });

  it('keep the spaces at which vCard 2.1 folds', () => {
    const [old] = read('BEGIN:VCARD\nVERSION:2.1\nNOTE:Просит\n счёт\nEND:VCARD\n');
    expect(textsOf(old, 'NOTE')).toEqual(['Просит счёт']);
  });

  it('are read in the character set that they are in, whatever they say', () => {
    const bytes = Buffer.concat([
      Buffer.from('BEGIN:VCARD\nVERSION:2.1\nFN:'),
      windows1251('Ольга'),
      Buffer.from('\nTITLE;CHARSET=windows-1251:Бухгалтер\nROLE;CHARSET=no-such:'),
      windows1251('Учёт'),
      Buffer.from('\nORG;CHARSET=KOI8-R:'),
      Buffer.from([0xd4, 0xcf, 0xd2, 0xc7]),
      Buffer.from('\nEND:VCARD\n'),
    ]);
    const [odd] = read(bytes);
    expect(['FN', 'TITLE', 'ROLE', 'ORG'].map((name) => textsOf(odd, name)?.[0])).toEqual([
      'Ольга',
      'Бухгалтер',
      'Учёт',
      'торг',
    ]);
  });

  it('lose a property that is far too long, and nothing else', () => {
    const endless = `PHOTO;ENCODING=b:${'AAAA\n '.repeat(1_000_000)}`;
    const [large] = read(card('FN:A', endless, 'TEL:1'), 65_536);
    expect(large).toMatchObject({ kind: 'card', cut: true });
    expect([textsOf(large, 'FN'), textsOf(large, 'TEL'), textsOf(large, 'PHOTO')]).toEqual([['A'], ['1'], []]);
  });

  it('lose the properties beyond what any card has', () => {
    const [large] = read(card('FN:A', ...Array.from({ length: 6000 }, () => 'X:1')));
    expect(large).toMatchObject({ kind: 'card', cut: true });
  });
});

describe('any beginning of a file', () => {
  it('gives all the cards that are whole, and throws nothing', () => {
    const file = Buffer.from(outlookCard + googleCard + appleCards + thunderbirdCard + androidCard);
    const ends = [...file.toString('latin1').matchAll(/END:VCARD/g)].map(({ index }) => index + 'END:VCARD'.length);
    fc.assert(
      fc.property(fc.nat(file.length), (length) => {
        const whole = read(file.subarray(0, length)).filter(({ kind }) => kind === 'card').length;
        expect(whole).toBe(ends.filter((end) => end <= length).length);
      }),
      { numRuns: 200 },
    );
  });

  it('throws nothing whatever its bytes are', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.constantFrom(
        'BEGIN:VCARD',
        'END:VCARD',
        'AGENT:',
        'N:;',
        'TEL;',
        '=\r\n',
        'ENCODING=QUOTED-PRINTABLE:',
        '\n ',
        '\r',
        '"',
        '\\',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const cards = read(Buffer.from(pieces.join(''), 'latin1'));
        for (const each of cards) if (each.kind === 'card') for (const property of each.properties) partsOf(property);
      }),
      { numRuns: 300 },
    );
  });
});
