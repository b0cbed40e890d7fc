import type { CallArchive } from '#core/call-log/index.ts';
import type { HandlerDependencies } from '#core/bridge/handler-dependencies.ts';
import { NoDirectoryDesk } from '#core/contacts/directories/no-directory-desk.ts';
import { NoPeopleDirectory } from '#core/contacts/people/no-people-directory.ts';
import { NodeEntryOpener } from '#core/screen-pop/node-entry-opener.ts';
import { openEntry, PartyCards } from '#core/screen-pop/index.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { Database } from '#core/storage/index.ts';

export interface ContactsOptions {
  database: Database;
  archive: CallArchive;
  settings: SettingsStore;
  dataDirectory: string;
  directoryWorker: URL;
  peopleWorker: URL;
  searchWorker: URL;
}

/** Who people are, where that is read from, and what is shown of it. */
export type Contacts = Pick<HandlerDependencies, 'directory' | 'directories' | 'cards' | 'openEntry'>;

export function openContacts({ archive, settings }: ContactsOptions): Contacts {
  const directory = new NoPeopleDirectory();
  const opener = new NodeEntryOpener({ platform: process.platform, openInOutlook: null });
  const cards = new PartyCards({
    directory,
    archive,
    numberRules: () => settings.values,
    page: () => ({ label: settings.values.pageLabel, address: settings.values.pageAddress }),
  });
  return {
    directory,
    directories: new NoDirectoryDesk(),
    cards,
    openEntry: (handle) => openEntry(handle, { directory, opener }),
  };
}
