import type { SheetColumn, SheetSetup } from '#contract/ipc/index.ts';

export const resultKinds = ['outcome', 'followUp', 'note', 'calledAt'] as const;
export type ResultKind = (typeof resultKinds)[number];

export const isResult = (kind: TableColumn['kind']): kind is ResultKind => resultKinds.some((one) => one === kind);

/** One column of the table on the screen. `column`: where in the sheet it is, counted as there; null for none. */
export interface TableColumn {
  id: string;
  kind: 'call' | 'who' | 'phone' | ResultKind | 'state' | 'cell';
  /** As in the sheet; empty for a column that the sheet has not (yet). */
  heading: string;
  column: number | null;
  /** Least width, px. */
  width: number;
}

const widths = { call: 60, who: 232, phone: 220, outcome: 148, followUp: 168, note: 216, calledAt: 168, state: 132 };
const cellWidth = 144;
/** Of the sheet's own columns, where the user has not said which. */
const mostUnasked = 6;
const shownByOthers = ['name', 'familyName', 'givenName', 'patronymic', 'firm', 'number', 'id'];

const same = (one: string, other: string) => one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();
export const columnOf = (columns: readonly SheetColumn[], heading: string | null) =>
  heading === null ? undefined : columns.find((column) => same(column.heading, heading));

/** The sheet's own columns that are on the screen, in the user's order. */
export function shownColumns(columns: readonly SheetColumn[], setup: SheetSetup | null): SheetColumn[] {
  const results = Object.values(setup?.results ?? {}).map((heading) => columnOf(columns, heading));
  if (setup && setup.shown.length > 0) {
    return setup.shown.flatMap((heading) => columnOf(columns, heading) ?? []).filter((one) => !results.includes(one));
  }
  const others = columns.filter(
    (one) => !shownByOthers.includes(one.role) && one.heading !== '' && !results.includes(one),
  );
  return others.slice(0, mostUnasked);
}

/** Call button, who, number, what came of calls, the state of writing, and then the sheet's own columns. */
export function tableColumns(columns: readonly SheetColumn[], setup: SheetSetup | null): TableColumn[] {
  const own = (kind: keyof typeof widths, found?: SheetColumn): TableColumn => ({
    ...{ id: kind, kind, heading: found?.heading ?? '' },
    ...{ column: found?.column ?? null, width: widths[kind] },
  });
  const result = (kind: ResultKind) => own(kind, columnOf(columns, setup?.results[kind] ?? null));
  return [
    own('call'),
    own('who'),
    own(
      'phone',
      columns.find(({ role }) => role === 'number'),
    ),
    result('outcome'),
    result('followUp'),
    own('state'),
    result('note'),
    result('calledAt'),
    ...shownColumns(columns, setup).map(({ column, heading }): TableColumn => ({
      id: `cell-${column}`,
      kind: 'cell',
      heading,
      column,
      width: cellWidth,
    })),
  ];
}

/** Of `row.cells`, which come in the order of the page's columns. */
export function cellAt(
  row: { cells: readonly string[] },
  columns: readonly SheetColumn[],
  column: number | null,
): string {
  const at = column === null ? -1 : columns.findIndex((one) => one.column === column);
  return at < 0 ? '' : (row.cells[at] ?? '');
}
