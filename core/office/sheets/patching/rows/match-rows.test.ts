import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowKeys, type RowIdentity } from '#core/contacts/directories/sheets/index.ts';
import { RowMatcher } from './match-rows.ts';

interface Row {
  row: number;
  identity: RowIdentity;
}

const table = (identities: readonly RowIdentity[]): Row[] =>
  identities.map((identity, index) => ({ row: index + 2, identity }));

function keysOf(rows: readonly Row[], prefix = ''): string[] {
  const keys = new RowKeys(prefix);
  return rows.map(({ identity }) => keys.keyOf(identity));
}

function match(rows: readonly Row[], key: string, row: number | null, prefix = '') {
  const change = { id: 1, key, row, cells: [] };
  const matcher = new RowMatcher<Row>([change], prefix);
  for (const each of rows) matcher.look(each, each.identity);
  return matcher.matchOf(change);
}

const ofId = (id: string, name: string): RowIdentity => ({ id, number: '84951234567', name });

describe('a row that is looked for', () => {
  test('by an id which two rows have is the one whose number and name are the same too, wherever that is', () => {
    const rows = table([ofId('7', 'Иванова'), ofId('7', 'Петров')]);
    const [, second] = keysOf(rows);
    const turned = table([ofId('7', 'Петров'), ofId('7', 'Иванова')]);
    expect(match(turned, second!, 3)).toMatchObject({ kind: 'found', row: { row: 2 } });
  });

  test('by an id alone which two rows have by now is nobody’s, but where it was', () => {
    const [key] = keysOf(table([ofId('7', 'Иванова')]));
    const rows = table([ofId('7', 'Иванова'), ofId('7', 'Петров')]);
    expect(match(rows, key!, 2)).toMatchObject({ kind: 'found', row: { row: 2 } });
    expect(match(rows, key!, 9)).toEqual({ kind: 'several' });
  });

  test('under another file’s keys is gone', () => {
    const rows = table([ofId('', 'Иванова')]);
    const [key] = keysOf(rows, 'a.xlsx\n');
    expect(match(rows, key!, 2, 'b.xlsx\n')).toEqual({ kind: 'gone' });
    expect(match(rows, key!, 2, 'a.xlsx\n')).toMatchObject({ kind: 'found' });
  });
});

test('however a table was sorted and whatever came and went, what is found is who was meant', () => {
  const identity = fc.record({
    id: fc.constantFrom('', '', '1', '2'),
    number: fc.constantFrom('', '84951234567', '+7 495 123-45-67', '103'),
    name: fc.constantFrom('Иванова', 'ИВАНОВА', 'Пётр', ''),
  });
  const bases = (given: RowIdentity) => RowKeys.basesOf(given);
  fc.assert(
    fc.property(
      fc.array(identity, { minLength: 1, maxLength: 8 }),
      fc.array(identity, { maxLength: 4 }),
      fc.nat(),
      fc.infiniteStream(fc.nat()),
      (before, added, which, random) => {
        const rows = table(before);
        const wanted = rows[which % rows.length]!;
        const key = keysOf(rows)[which % rows.length]!;
        // Where nothing changed it is found exactly.
        expect(match(rows, key, wanted.row)).toMatchObject({ kind: 'found', row: wanted });
        const shuffled = [...before, ...added]
          .map((each) => ({ each, order: random.next().value as number }))
          .sort((one, other) => one.order - other.order)
          .map(({ each }) => each)
          .slice(0, before.length);
        const now = match(table(shuffled), key, wanted.row);
        const alike = shuffled.filter((each) => bases(each).some((base) => key.startsWith(base)));
        if (now.kind === 'found') expect(bases(now.row.identity).some((base) => key.startsWith(base))).toBe(true);
        else expect(now.kind).toBe(alike.length === 0 ? 'gone' : 'several');
        if (alike.length === 1) expect(now.kind).toBe('found');
      },
    ),
    { numRuns: 300 },
  );
});
