import type { DirectoryStatus } from '#contract/ipc/index.ts';
import type { CallArchive } from '#core/call-log/index.ts';
import type { HandlerDependencies } from '#core/bridge/handler-dependencies.ts';
import { askComHelper } from '#core/com-helper/index.ts';
import type { IndexedPeople } from '#core/contacts/people/indexed-people.ts';
import { NodeEntryOpener } from '#core/screen-pop/node-entry-opener.ts';
import { openEntry, PartyCards, type EntryOpener } from '#core/screen-pop/index.ts';
import { createInDirectory } from '#core/contacts/directories/create-in-directory.ts';
import { contactWriterOf } from './contact-writers.ts';
import { GraphAccounts } from './graph-accounts.ts';
import { openDirectories, type DirectoriesWiring } from './open-directories.ts';

export interface ContactsOptions extends DirectoriesWiring {
  people: IndexedPeople;
  archive: CallArchive;
}

/** Who people are, where that is read from, and what is shown of it. */
export interface Contacts extends Pick<
  HandlerDependencies,
  'directory' | 'directories' | 'cards' | 'openEntry' | 'createIn'
> {
  graphAccounts: GraphAccounts;
  start(): Promise<void>;
  /** Nothing of it has the database open after this, until `reload`. */
  letGo(): Promise<void>;
  /** The database is another than before. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** ms that Outlook or Excel may take to show something. */
const patience = 20_000;

function openerOf(helper: readonly string[] | null): EntryOpener {
  const { platform } = process;
  if (!helper) return new NodeEntryOpener({ platform, openInOutlook: null, openInExcel: null });
  const ask = async (request: Record<string, unknown>) => {
    await askComHelper(request, { command: helper, signal: new AbortController().signal, patience });
  };
  return new NodeEntryOpener({
    platform,
    openInOutlook: ({ entryId, storeId }) => ask({ command: 'open', entryId, storeId }),
    openInExcel: ({ file, sheet, row }) => ask({ command: 'row', file, sheet, row }),
  });
}

export function openContacts(options: ContactsOptions): Contacts {
  const { people: directory, archive, settings } = options;
  const graphAccounts = new GraphAccounts(options);
  const directories = openDirectories({ ...options, graphRights: graphAccounts.rights });
  const writerOf = (status: DirectoryStatus) => contactWriterOf(status, { ...options, graphAccounts });
  directories.onEntries(() => directory.merged());
  directory.onChanged(() => void directories.recount());
  const opener = openerOf(options.outlookHelper ?? null);
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
    createIn: (asked) => createInDirectory(asked, { directories, writerOf }),
    graphAccounts,
    openEntry: (handle) => openEntry(handle, { directory, opener }),
    start: () => directories.start(),
    letGo: async () => void (await Promise.all([directories.letGo(), directory.letGo()])),
    reload: () => directories.reload(),
    stop: () => directories.stop(),
  };
}
