import { describe, expect, it } from 'vitest';
import { bareName, folderOf, pathParts } from './path-parts.ts';

const paths = (path: string) => pathParts(path).map((part) => part.path);

describe('the folders on the way to a path', () => {
  it('are those of Windows, of a share, and of others', () => {
    expect(paths('C:\\Users\\Olga')).toEqual(['C:\\', 'C:\\Users', 'C:\\Users\\Olga']);
    expect(paths('\\\\server\\share\\Книги')).toEqual(['\\\\server\\share', '\\\\server\\share\\Книги']);
    expect(paths('/home/olga')).toEqual(['/', '/home', '/home/olga']);
    expect(paths('C:')).toEqual(['C:\\']);
    expect(paths('')).toEqual([]);
  });
});

describe('a file', () => {
  it('has a name without its end, and a folder', () => {
    expect(bareName('C:\\Users\\Клиенты 2026.xlsx')).toBe('Клиенты 2026');
    expect(bareName('/home/olga/contacts.vcf')).toBe('contacts');
    expect(bareName('/home/olga')).toBe('olga');
    expect(folderOf('C:\\Клиенты.xlsx')).toBe('C:\\');
    expect(folderOf('/')).toBeNull();
  });
});
