import { RowKeys, type RowIdentity } from '#core/contacts/directories/sheets/index.ts';
import type { RowChange } from '#core/office/sheets/workbook-writer.ts';

interface Candidate<Row> {
  row: Row;
  /** It lies where it was and has the very key that it had. */
  isWhere: boolean;
}

export type RowMatch<Row> = { kind: 'found'; row: Row } | { kind: 'gone' } | { kind: 'several' };

/**
 * Finds the rows of changes by who they are about. Rows of one identity are told apart by counting alone, which says
 * nothing once one of them came, went or was moved: then only the one that lies where it was is taken.
 */
export class RowMatcher<Row extends { row: number }> {
  private readonly keys: RowKeys;
  private readonly wanted: Map<string, RowChange[]>;
  /** Of each change: how many rows it may mean, the first of them and the one that lies where it was. */
  private readonly found = new Map<RowChange, { count: number; first: Candidate<Row>; where: Candidate<Row> | null }>();

  constructor(changes: readonly RowChange[], prefix: string) {
    this.keys = new RowKeys(prefix);
    this.wanted = Map.groupBy(changes, ({ key }) => RowKeys.baseOf(key, prefix) ?? '');
  }

  /** Takes the next row of the table, in the order in which they lie there. */
  look(row: Row, identity: RowIdentity): void {
    const bases = RowKeys.basesOf(identity);
    const key = this.keys.keyOfBases(bases);
    for (const base of bases)
      for (const change of this.wanted.get(base) ?? []) {
        const candidate = { row, isWhere: change.row === row.row && change.key === key };
        const before = this.found.get(change);
        if (!before)
          this.found.set(change, { count: 1, first: candidate, where: candidate.isWhere ? candidate : null });
        else if (before.first.row !== row) {
          before.count += 1;
          if (candidate.isWhere) before.where = candidate;
        }
      }
  }

  /** Once all rows were looked at. */
  matchOf(change: RowChange): RowMatch<Row> {
    const found = this.found.get(change);
    if (!found) return { kind: 'gone' };
    if (found.count === 1) return { kind: 'found', row: found.first.row };
    return found.where ? { kind: 'found', row: found.where.row } : { kind: 'several' };
  }
}
