import { expect, it } from 'vitest';
import { OffhookError, toReport } from '#contract/errors.ts';
import { sentence, standing } from './sentences.ts';

it('says what stands in the way in the words of the window, with advice and the technical detail', () => {
  const report = toReport(new OffhookError('storage.full', { detail: 'SQLITE_FULL' }));
  expect(standing(report, 'en')).toMatch(/^The disk is full\. .+ \(SQLITE_FULL\)$/);
  expect(standing(report, 'ru')).toMatch(/^[А-Я].+ \(SQLITE_FULL\)$/);
});

it('leaves no code without a word', () => {
  const report = { ...toReport(new Error('odd')), code: 'made.up' as 'internal.bug' };
  expect(standing(report, 'en')).toBe('made.up (odd)');
  expect(sentence(report)).toBe('made.up (odd)');
});
