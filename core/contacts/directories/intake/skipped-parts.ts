import type { ErrorCode, ErrorReport } from '#contract/errors.ts';
import { cleanLine } from './clean-text.ts';

export interface Skipped {
  count: number;
  /** At most 20. */
  first: ErrorReport[];
}

const mostSaid = 20;

/** What could not be taken of a source: counted, and the first ones said. */
export class SkippedParts {
  private count = 0;
  private readonly first: ErrorReport[] = [];

  get summary(): Skipped {
    return { count: this.count, first: [...this.first] };
  }

  add(report: ErrorReport): void {
    this.count += 1;
    if (this.first.length >= mostSaid) return;
    const values = Object.entries(report.values).map(([name, value]) => [
      name,
      typeof value === 'string' ? cleanLine(value, 200) : value,
    ]);
    const detail = report.detail === null ? null : cleanLine(report.detail, 300);
    this.first.push({ code: report.code, values: Object.fromEntries(values) as ErrorReport['values'], detail });
  }

  tell(code: ErrorCode, place: string, text?: string): void {
    this.count += 1;
    if (this.first.length >= mostSaid) return;
    const values: ErrorReport['values'] = { place: cleanLine(place, 200) };
    if (text !== undefined) values.text = cleanLine(text, 100);
    this.first.push({ code, values, detail: null });
  }
}
