import { expect, it } from 'vitest';
import type { DirectorySource } from '../directory-source.ts';
import { previewEntries } from './preview-entries.ts';
import { entry, office } from './sqlite-entries.test-support.ts';

const preview = (source: Partial<DirectorySource>, signal = new AbortController().signal) =>
  previewEntries(
    { refresh: () => Promise.reject(new Error('not asked')), ...source } as DirectorySource,
    { secret: 'x', rules: office },
    { signal },
  );

it('shows the first entries, with their numbers as they would be read', async () => {
  const shown = await preview({
    preview: async (reading) => {
      await reading.put([entry('1', { numbers: [{ text: '8 (495) 123-45-67', label: 'work' }, { text: 'нет', label: '' }] })]); // prettier-ignore
      await reading.put(Array.from({ length: 100 }, (_, index) => entry(`e${index}`)));
      reading.skip({ code: 'entry.cell-error', values: { text: '#N/A', place: 'B2' }, detail: null });
      return { tables: [], count: 101, parts: [{ id: 'a', label: 'A' }] };
    },
  });
  expect(shown.entries).toHaveLength(20);
  expect(shown.entries[0]!.numbers).toEqual([
    { text: '8 (495) 123-45-67', label: 'work', display: '+7 495 123-45-67' },
    { text: 'нет', label: '', display: null },
  ]);
  expect(shown).toMatchObject({ count: 101, parts: [{ id: 'a' }], problems: [{ code: 'entry.cell-error' }] });
});

it('is cancelled, whatever its source makes of that', async () => {
  const stopping = new AbortController();
  stopping.abort();
  await expect(preview({ preview: () => Promise.reject(new Error('socket')) }, stopping.signal)).rejects.toMatchObject({
    code: 'directory.cancelled',
  });
});
