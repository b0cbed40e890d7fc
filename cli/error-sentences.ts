import { readFileSync } from 'node:fs';
import type { ErrorReport } from '#contract/errors.ts';
import type { Language } from './language.ts';

/** What a failure is called in the reader's language. */
export interface ErrorSentences {
  of(report: ErrorReport): string;
}

/** The window's own sentences, which the build has put beside the program; read only when one is needed. */
export class FileErrorSentences implements ErrorSentences {
  private readonly folder: URL;
  private readonly language: Language;

  constructor(folder: URL, language: Language) {
    this.folder = folder;
    this.language = language;
  }

  of(report: ErrorReport): string {
    const texts = JSON.parse(readFileSync(new URL(`${this.language}.json`, this.folder), 'utf8')) as Record<
      string,
      string
    >;
    const parts = ['what', 'advice']
      .map((part) => texts[`errors.${report.code}.${part}`])
      .filter((part) => part !== undefined);
    if (parts.length === 0) return report.detail ? `${report.code} (${report.detail})` : report.code;
    const text = parts.join(' ').replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(report.values[name] ?? hole));
    return report.detail ? `${text} (${report.detail})` : text;
  }
}
