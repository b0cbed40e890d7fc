import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { errorCodes } from '#contract/errors.ts';
import { FileErrorSentences } from '../cli/error-sentences.ts';
import { errorSentences, writeErrorSentences } from './command-line.ts';

it('gives the command line a sentence for every code, in both languages', () => {
  for (const language of ['ru', 'en'] as const) {
    const texts = errorSentences(language);
    expect(errorCodes.filter((code) => !texts[`errors.${code}.what`])).toEqual([]);
    expect(Object.values(texts).filter((text) => /\{[^\w]/.test(text))).toEqual([]);
  }
});

it('lets a sentence be read with its values, and a technical line behind it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-sentences-'));
  try {
    writeErrorSentences(folder);
    const sentences = new FileErrorSentences(pathToFileURL(`${folder}${path.sep}`), 'ru');
    const report = { code: 'dial.refused-premium', values: { number: '8 809 123' }, detail: 'rule 1' } as const;
    expect(sentences.of(report)).toMatch(/^Номер 8 809 123 платный: .* \(rule 1\)$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
