import { expect, it } from 'vitest';
import { ownContact, type DirectoryStatus } from '#contract/ipc/index.ts';
import type { ContactWriter } from './contact-writer.ts';
import { createInDirectory } from './create-in-directory.ts';

const contact = ownContact.parse({ name: 'Иванова Ольга', numbers: [] });

function desk(writer: ContactWriter | null) {
  const refreshed: string[] = [];
  const directories = {
    list: () => [{ id: 'one' }] as DirectoryStatus[],
    refresh: async (id: string) => void refreshed.push(id),
  };
  const create = (directoryId: string) =>
    createInDirectory({ directoryId, contact }, { directories, writerOf: () => writer });
  return { create, refreshed };
}

it('makes the contact where the directory is, and reads that again', async () => {
  const made: string[] = [];
  const { create, refreshed } = desk({ create: async ({ name }) => made.push(name) > 1 });
  expect(await create('one')).toEqual({ opened: false });
  expect([made, refreshed]).toEqual([['Иванова Ольга'], ['one']]);
});

it('reads nothing again where it was not made', async () => {
  const { create, refreshed } = desk({ create: () => Promise.reject(new Error('busy')) });
  await expect(create('one')).rejects.toThrow('busy');
  expect(refreshed).toEqual([]);
});

it('refuses a directory that takes no contacts, or that is not there', async () => {
  const { create } = desk(null);
  await expect(create('one')).rejects.toMatchObject({ code: 'people.not-editable' });
  await expect(create('two')).rejects.toMatchObject({ code: 'directory.unknown' });
});
