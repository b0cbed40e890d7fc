import { expect, it } from 'vitest';
import { CollectedReading } from '../directory-reading.test-support.ts';
import type { PbxAddressBook, PbxContact } from './pbx-address-book.ts';
import { PbxDirectory } from './pbx-directory.ts';

const contact = (id: string): PbxContact => {
  const numbers = [{ text: '101', label: 'internal' }];
  return { id, name: `N ${id}`, firm: '', role: '', department: 'Sales', numbers, emails: [], url: null };
};

/** Two pages of ten, or what changed since. */
const book: PbxAddressBook = {
  host: 'vpbx.example',
  async read(cursor, onPage, signal) {
    if (cursor !== null) {
      await onPage({ contacts: [contact('1')], removed: ['2'], total: null });
      return { whole: false, cursor: 'c2' };
    }
    for (let page = 0; page < 4; page += 1) {
      signal.throwIfAborted();
      await onPage({
        contacts: Array.from({ length: 10 }, (_, index) => contact(`${page}-${index}`)),
        removed: [],
        total: 40,
      });
    }
    return { whole: true, cursor: 'c1' };
  },
};

it('reads all colleagues, and later what changed', async () => {
  const first = new CollectedReading();
  expect(await new PbxDirectory(book).refresh(first)).toEqual({ kind: 'complete', cursor: 'c1' });
  expect(first.entries.size).toBe(40);
  expect(first.told.at(-1)).toEqual({ done: 40, total: 40 });
  expect(first.entries.get('0-0')).toMatchObject({ name: 'N 0-0', place: 'vpbx.example › N 0-0', open: null });
  const later = new CollectedReading({ cursor: 'c1' });
  expect(await new PbxDirectory(book).refresh(later)).toEqual({ kind: 'partial', cursor: 'c2' });
  expect(later.removed).toEqual(['2']);
});

it('previews the first twenty', async () => {
  const reading = new CollectedReading();
  expect(await new PbxDirectory(book).preview(reading)).toMatchObject({ count: 40 });
  expect(reading.entries.size).toBe(20);
  const stopped = new CollectedReading();
  stopped.stopping.abort();
  await expect(new PbxDirectory(book).preview(stopped)).rejects.toMatchObject({ code: 'directory.cancelled' });
});
