import type { NumberFormat } from './number-format.ts';
import type { SharedStrings } from './shared-strings.ts';
import { plainNumber, shownNumber } from './shown-number.ts';
import { unescapeCell } from './xml-text.ts';

/** What a cell holds (`t` of ECMA-376 part 1, 18.18.11); `text` is an inline string, a formula's text or an ISO date. */
export const cellKind = { number: 0, shared: 1, text: 2, boolean: 3, error: 4 } as const;
export type CellKind = (typeof cellKind)[keyof typeof cellKind];

const mostRemembered = 10_000;

/** Says what cells hold as text. Numbers that are not plain come again and again (days, percents) and are remembered. */
export class CellText {
  private readonly strings: SharedStrings | null;
  private readonly formats: readonly NumberFormat[];
  private readonly date1904: boolean;
  private readonly remembered: Map<string, string>[];

  constructor(strings: SharedStrings | null, formats: readonly NumberFormat[], date1904: boolean) {
    this.strings = strings;
    this.formats = formats;
    this.date1904 = date1904;
    this.remembered = formats.map(() => new Map<string, string>());
  }

  shared(index: number): string {
    return this.strings?.at(index) ?? '';
  }

  /** Whether a number of this style is shown as it is. */
  isPlain(style: number): boolean {
    const format = this.formats[style];
    return format === undefined || format.kind === 'plain';
  }

  number(raw: string, style: number): string {
    if (this.isPlain(style)) return plainNumber(raw);
    const remembered = this.remembered[style]!;
    const known = remembered.get(raw);
    if (known !== undefined) return known;
    const shown = shownNumber(raw, this.formats[style]!, this.date1904);
    if (remembered.size < mostRemembered) remembered.set(raw, shown);
    return shown;
  }

  of(kind: CellKind, content: string, style: number): string {
    switch (kind) {
      case cellKind.shared:
        return this.shared(Number(content));
      case cellKind.text:
        return unescapeCell(content);
      case cellKind.boolean:
        return content.trim() === '1' ? 'TRUE' : 'FALSE';
      case cellKind.error:
        return content;
      default:
        return this.number(content, style);
    }
  }
}
