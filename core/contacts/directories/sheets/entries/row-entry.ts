import type { ErrorReport } from '#contract/errors.ts';
import type { ColumnRole } from '#contract/ipc/index.ts';
import { sourceEntry, type SourceEntry } from '#core/contacts/directories/source-entry.ts';
import type { CellFault, TableRow } from '../table.ts';
import type { RowIdentity, RowKeys } from './row-identity.ts';
import { rowNumbers } from './row-numbers.ts';
import type { WrittenNumber } from './split-numbers.ts';
import type { PlannedColumn, RowPlan } from './row-plan.ts';

export interface RowPlace {
  /** Whole path, for opening it. */
  path: string;
  /** Its name, for people. */
  file: string;
  sheet: string;
}

/** Who a row is about. */
interface Who {
  name: string;
  firm: string;
  numbers: WrittenNumber[];
}

/** Roles without which a row may be nobody: an error there is told, elsewhere the cell is only empty. */
const telling: readonly ColumnRole[] = ['name', 'familyName', 'givenName', 'patronymic', 'firm', 'number', 'id'];
const faultCodes = {
  error: 'entry.cell-error',
  'not-calculated': 'entry.not-calculated',
  cut: 'entry.too-large',
} as const;

/** Makes entries of the rows of one sheet. */
export class RowEntries {
  private readonly plan: RowPlan;
  private readonly place: RowPlace;
  private readonly keys: RowKeys;
  private readonly skip: (report: ErrorReport) => void;

  constructor(plan: RowPlan, place: RowPlace, keys: RowKeys, skip: (report: ErrorReport) => void) {
    this.plan = plan;
    this.place = place;
    this.keys = keys;
    this.skip = skip;
  }

  /** Null for a row that is nobody: what is wrong with it is told. */
  entryOf(row: TableRow): SourceEntry | null {
    const who = this.whoOf(row);
    return who && this.entry(row, who);
  }

  /** What tells the row from others; null as `entryOf`. */
  identityOf(row: TableRow): RowIdentity | null {
    const who = this.whoOf(row);
    return who && this.identity(row, who);
  }

  /** The key and the names of an entry, without the rest of it; null as `entryOf`. Each row is asked about once. */
  keyOf(row: TableRow): Pick<SourceEntry, 'key' | 'name' | 'firm'> | null {
    const who = this.whoOf(row);
    return who && { key: this.keys.keyOf(this.identity(row, who)), name: who.name, firm: who.firm };
  }

  private whoOf(row: TableRow): Who | null {
    if (row.row <= this.plan.headerRow || this.isHeadingAgain(row)) return null;
    if (row.faults && !this.tell(row.faults, this.placeOf(row.row))) return null;
    const [name, firm] = [this.nameOf(row), this.first(row, 'firm')];
    const numbers = rowNumbers(row.cells, this.columns('number')).map(({ text, label }) => ({ text, label }));
    if (name === '' && firm === '' && numbers.length === 0) {
      if (row.cells.some((text) => text.trim() !== ''))
        this.skip({ code: 'entry.unreadable', values: { place: this.placeOf(row.row) }, detail: null });
      return null;
    }
    return { name, firm, numbers };
  }

  private identity(row: TableRow, { name, firm, numbers }: Who): RowIdentity {
    return { id: this.first(row, 'id'), number: numbers[0]?.text ?? '', name: name || firm };
  }

  private entry(row: TableRow, who: Who): SourceEntry {
    const { name, firm, numbers } = who;
    const place = this.placeOf(row.row);
    const { path: file, sheet } = this.place;
    return sourceEntry({
      key: this.keys.keyOf(this.identity(row, who)),
      name,
      firm,
      numbers,
      place,
      role: this.first(row, 'role'),
      department: this.first(row, 'department'),
      emails: this.all(row, 'email').flatMap((text) => text.split(/[\s,;]+/).filter((part) => part.includes('@'))),
      links: this.all(row, 'link').flatMap(linksOf),
      note: this.all(row, 'note').join('\n'),
      fields: this.columns('shown')
        .map(({ heading, index }) => ({ name: heading, value: row.cells[index]!.trim() }))
        .filter(({ value }) => value !== ''),
      open: { kind: 'sheet', file, sheet, row: row.row },
    });
  }

  private columns(role: ColumnRole): readonly PlannedColumn[] {
    return this.plan.byRole.get(role) ?? [];
  }

  private all(row: TableRow, role: ColumnRole): string[] {
    return this.columns(role)
      .map(({ index }) => row.cells[index]!.trim())
      .filter((text) => text !== '');
  }

  private first(row: TableRow, role: ColumnRole): string {
    for (const { index } of this.columns(role)) {
      const text = row.cells[index]!.trim();
      if (text !== '') return oneLine(text);
    }
    return '';
  }

  private nameOf(row: TableRow): string {
    const whole = this.first(row, 'name');
    if (whole !== '') return whole;
    const parts = (['familyName', 'givenName', 'patronymic'] as const).map((role) => this.first(row, role));
    return parts.filter((part) => part !== '').join(' ');
  }

  /** Programs that print tables write the headings at the top of every page. */
  private isHeadingAgain({ cells }: TableRow): boolean {
    if (this.plan.headerRow === 0) return false;
    const same = this.plan.planned.filter(({ heading, index }) => heading !== '' && cells[index]!.trim() === heading);
    return same.length >= 2;
  }

  /** @returns whether the rest of the row can be taken */
  private tell(faults: readonly CellFault[], place: string): boolean {
    for (const { index, kind, text } of faults) {
      if (index < 0) {
        this.skip({ code: 'entry.unreadable', values: { place }, detail: 'the file ends in the middle of the row' });
        return false;
      }
      if (kind === 'cut' || telling.includes(this.plan.planned[index]!.role))
        this.skip({ code: faultCodes[kind], values: { place, text }, detail: null });
    }
    return true;
  }

  private placeOf(row: number): string {
    const { file, sheet } = this.place;
    return `${file} › ${sheet === '' ? row : `${sheet}!${row}`}`;
  }
}

/** Nearly all texts are so already. */
function oneLine(text: string): string {
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

function linksOf(text: string): string[] {
  const addresses = text.split(/[\s,;]+/).filter((part) => /[^.]\.[^.]/.test(part) && !part.includes('@'));
  return addresses.map((address) => (/^[a-z]+:/i.test(address) ? address : `https://${address}`));
}
