import type { CallArchive } from '#core/call-log/index.ts';
import type { HandlerDependencies } from '#core/bridge/handler-dependencies.ts';
import { NoDirectoryDesk } from '#core/contacts/directories/no-directory-desk.ts';
import type { IndexedPeople } from '#core/contacts/people/indexed-people.ts';
import { openEntry, PartyCards, type EntryOpener } from '#core/screen-pop/index.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { Database } from '#core/storage/index.ts';

export interface ContactsOptions {
  database: Database;
  people: IndexedPeople;
  archive: CallArchive;
  settings: SettingsStore;
  opener?: EntryOpener;
  dataDirectory: string;
  directoryWorker: URL;
}

/** Who people are, where that is read from, and what is shown of it. */
export type Contacts = Pick<HandlerDependencies, 'directory' | 'directories' | 'cards' | 'openEntry'>;

export function openContacts({ people: directory, archive, settings, opener }: ContactsOptions): Contacts {
  const directories = new NoDirectoryDesk();
  directories.onEntries(() => directory.merged());
  const cards = new PartyCards({
    directory,
    archive,
    numberRules: () => settings.values,
    page: () => ({ label: settings.values.pageLabel, address: settings.values.pageAddress }),
  });
  return {
    directory,
    directories,
    cards,
    openEntry: (handle) => openEntry(handle, { directory, opener: opener ?? null }),
  };
}
