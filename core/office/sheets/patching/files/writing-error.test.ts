import { expect, test } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { writingError } from './writing-error.ts';

const failure = (code: string, syscall = 'open') => Object.assign(new Error(`${code}: it failed`), { code, syscall });

test.each([
  ['EROFS', 'sheet.read-only'],
  ['EACCES', 'sheet.read-only'],
  ['ENOSPC', 'sheet.no-space'],
  ['EDQUOT', 'sheet.no-space'],
  ['EBUSY', 'sheet.locked'],
  ['ENOENT', 'sheet.missing'],
  ['EIO', 'sheet.failed'],
  ['Z_DATA_ERROR', 'sheet.broken'],
])('%s of the system is %s, with the name of the file alone', (code, expected) => {
  const error = writingError(failure(code), '/home/olga/Клиенты.xlsx');
  expect(error).toMatchObject({ code: expected, values: { file: 'Клиенты.xlsx' }, detail: `${code}: it failed` });
});

test('what the reader of sheets says is said of writing', () => {
  const error = writingError(new OffhookError('directory.encrypted', { detail: 'why' }), '/a/b.xlsx');
  expect(error).toMatchObject({ code: 'sheet.encrypted', values: { file: 'b.xlsx' }, detail: 'why' });
});

test('a bug stays one', () => {
  const bugs = [new TypeError('x'), failure('ERR_INVALID_ARG_TYPE'), new OffhookError('internal.bug')];
  for (const bug of bugs) expect(writingError(bug, '/a/b.xlsx')).toBe(bug);
});
