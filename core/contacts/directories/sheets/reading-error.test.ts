import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { namingFile, readingError } from './reading-error.ts';

const system = (code: string) => Object.assign(new Error(`${code}: it failed`), { code });

describe('what keeps a file from being read', () => {
  it.each([
    ['EBUSY', 'directory.locked', 'Клиенты.xlsx'],
    ['ENOENT', 'directory.not-found', '/srv/Клиенты.xlsx'],
    ['EACCES', 'directory.unreadable', 'Клиенты.xlsx'],
    ['EIO', 'directory.unreadable', 'Клиенты.xlsx'],
    ['Z_DATA_ERROR', 'directory.broken-file', 'Клиенты.xlsx'],
  ])('is told of %s by %s', (code, known, file) => {
    const error = namingFile(system(code), '/srv/Клиенты.xlsx');
    expect(error).toMatchObject({ code: known, values: { file }, detail: `${code}: it failed` });
  });

  it('is named once, by whoever knows the file', () => {
    const named = namingFile(readingError('directory.encrypted', 'a detail'), '/srv/a.xlsx');
    expect(named).toMatchObject({ code: 'directory.encrypted', values: { file: 'a.xlsx' }, detail: 'a detail' });
    expect(namingFile(named, '/srv')).toMatchObject({ values: { file: 'a.xlsx' } });
  });

  it('stays what it is where it is a bug, or another matter', () => {
    const bug = new TypeError('x is not a function');
    expect(namingFile(bug, 'a.xlsx')).toBe(bug);
    const other = new OffhookError('storage.full');
    expect(namingFile(other, 'a.xlsx')).toBe(other);
  });
});
