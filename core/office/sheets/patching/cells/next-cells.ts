import { OffhookError } from '#contract/errors.ts';
import type { CellValue } from '#core/office/sheets/workbook-writer.ts';
import { emptyContent, numberContent, textContent, type CellContent } from './cell-markup.ts';
import { dateText, serialOf } from './date-value.ts';
import type { NextCell } from './row-markup.ts';
import type { SheetOutline } from './sheet-sink.ts';
import { dateStyleFor, type CellStyle } from './sheet-styles.ts';

/** What new cells of a sheet look like. */
export class NextCells {
  private readonly outline: SheetOutline;
  private readonly styles: readonly CellStyle[];
  private readonly date1904: boolean;
  private readonly sheet: string;

  /** @param sheet its name, for people */
  constructor(outline: SheetOutline, styles: readonly CellStyle[], date1904: boolean, sheet: string) {
    this.outline = outline;
    this.styles = styles;
    this.date1904 = date1904;
    this.sheet = sheet;
  }

  /** A value in the style that the cell has, or that its row or column would give it. */
  value(column: number, value: CellValue): NextCell {
    return (cell, about) => {
      const given = about.row >= 0 ? about.row : this.styleOfColumn(column);
      const style = cell ? cell.style : given;
      this.checkLock(style);
      return this.content(column, value, style);
    };
  }

  /** A heading that looks as the one before it. */
  heading(text: string): NextCell {
    return (cell, about) => {
      const style = cell && cell.style >= 0 ? cell.style : about.before;
      this.checkLock(style);
      return textContent(text, orNone(style));
    };
  }

  private content(column: number, value: CellValue, style: number): CellContent {
    if (value.kind === 'empty' || (value.kind === 'text' && value.text === '')) return emptyContent(orNone(style));
    if (value.kind === 'text') return textContent(value.text, orNone(style));
    const ofColumn = this.outline.dateStyles.get(column);
    const dated = dateStyleFor(this.styles, style, ofColumn, value.withTime);
    if (dated === null) return textContent(dateText(value), orNone(style));
    return numberContent(serialOf(value, this.date1904), dated);
  }

  private styleOfColumn(column: number): number {
    return this.outline.columns.find(({ from, to }) => column >= from && column <= to)?.style ?? -1;
  }

  private checkLock(style: number): void {
    if (!this.outline.isProtected || this.styles[Math.max(0, style)]?.locked === false) return;
    throw new OffhookError('sheet.protected', { values: { sheet: this.sheet } });
  }
}

const orNone = (style: number) => (style < 0 ? null : style);
