import type { ColumnRole, PreviewEntry, PreviewTable, SheetMapping } from '#contract/ipc/index.ts';

export type MappedColumn = SheetMapping['columns'][number];

/** `A`, `B` … `Z`, `AA`, as spreadsheets name their columns; `column` is counted from 0. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** Every column that the table shows or the mapping names, in the sheet's order. */
export function columnsOf({ mapping, rows, firstRow }: PreviewTable): MappedColumn[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const headings = mapping.headerRow > 0 ? (rows[mapping.headerRow - firstRow] ?? []) : [];
  const known = new Map(mapping.columns.map((column) => [column.column, column]));
  const seen = Array.from(
    { length: width },
    (_, column): MappedColumn =>
      known.get(column) ?? { column, heading: (headings[column] ?? '').slice(0, 200), role: 'ignored', label: '' },
  );
  return [...seen, ...mapping.columns.filter(({ column }) => column >= width)];
}

/** A name, an identity and the like are in one column: the one that had the role before gives it up. */
const single: ReadonlySet<ColumnRole> = new Set(['name', 'familyName', 'givenName', 'patronymic', 'id']);

export function withRole(table: PreviewTable, column: number, role: ColumnRole): SheetMapping {
  const columns = columnsOf(table).map((each): MappedColumn => {
    if (each.column === column) return { ...each, role, label: role === 'number' ? each.label : '' };
    return single.has(role) && each.role === role ? { ...each, role: 'ignored' } : each;
  });
  return { ...table.mapping, columns };
}

export function withLabel(table: PreviewTable, column: number, label: string): SheetMapping {
  const columns = columnsOf(table).map((each) =>
    each.column === column ? { ...each, label: label.slice(0, 60) } : each,
  );
  return { ...table.mapping, columns };
}

/** What the columns hold is recognised again from the new headings; without any, what was chosen stays. */
export function withHeaderRow(table: PreviewTable, headerRow: number): SheetMapping {
  if (headerRow > 0) return { ...table.mapping, headerRow, columns: [] };
  return { ...table.mapping, headerRow, columns: columnsOf(table).map((column) => ({ ...column, heading: '' })) };
}

/** Another sheet: all of it is recognised. */
export function withSheet(table: PreviewTable, sheet: string): SheetMapping {
  return { file: table.mapping.file, sheet, headerRow: 0, columns: [] };
}

/** One more sheet of the same workbook, the first that is not read yet; null where all are. */
export function anotherSheet(table: PreviewTable, mappings: readonly SheetMapping[]): SheetMapping | null {
  const { file } = table.mapping;
  const read = new Set(mappings.filter((each) => each.file === file).map(({ sheet }) => sheet));
  const sheet = table.sheets.find((each) => !read.has(each));
  return sheet === undefined ? null : withSheet(table, sheet);
}

const named: ReadonlySet<ColumnRole> = new Set(['name', 'familyName', 'givenName', 'firm']);

export function missingRoles(table: PreviewTable): ('name' | 'number')[] {
  const roles = columnsOf(table).map(({ role }) => role);
  return [
    ...(roles.some((role) => named.has(role)) ? [] : (['name'] as const)),
    ...(roles.includes('number') ? [] : (['number'] as const)),
  ];
}

/** Texts that no number could be made of. */
export function unreadableTexts(entries: readonly PreviewEntry[]): string[] {
  return entries.flatMap(({ numbers }) =>
    numbers.filter(({ display }) => display === null).map(({ text }) => text.trim()),
  );
}
