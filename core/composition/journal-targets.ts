import { OffhookError } from '#contract/errors.ts';
import type { DirectoryStatus, JournalConfig } from '#contract/ipc/index.ts';
import type { DirectoryDesk } from '#core/contacts/index.ts';
import type { CallJournalTarget } from '#core/office/journals/index.ts';
import { openOnecJournalTarget } from '#core/office/onec/onec-journal-target.ts';
import type { SecretStore, SettingsStore } from '#core/settings/index.ts';
import type { FindProxy } from './open-directories.ts';
import type { GraphAccounts } from './graph-accounts.ts';
import { openGraphTarget, openOutlookTarget } from './office-targets.ts';
import { openHttp } from './open-http.ts';

export interface JournalTargetsOptions {
  directories: Pick<DirectoryDesk, 'list'>;
  secrets: SecretStore;
  settings: SettingsStore;
  graphAccounts: GraphAccounts;
  /** Program and arguments of the helper that speaks with classic Outlook. */
  outlookHelper?: readonly string[];
  proxy?: FindProxy;
}

type Opener = (config: JournalConfig) => Promise<CallJournalTarget>;

/** The directory that a journal goes through. */
function directoryOf(config: JournalConfig, { directories }: JournalTargetsOptions): DirectoryStatus | null {
  if (config.kind === 'outlook') return null;
  const found = directories.list().find(({ id, kind }) => id === config.directoryId && kind === config.kind);
  if (!found) throw new OffhookError('journal.no-directory');
  return found;
}

/** How people know where a journal is. @throws OffhookError `journal.no-directory` */
export function journalLabel(config: JournalConfig, options: JournalTargetsOptions): string {
  return directoryOf(config, options)?.label ?? 'Outlook';
}

/** Opens where a journal is written, by its kind. */
export function journalTargets(options: JournalTargetsOptions): Opener {
  const http = openHttp(options.proxy);
  return async (config) => {
    if (config.kind === 'outlook') return openOutlookTarget(config, options);
    if (config.kind === 'graph') return openGraphTarget(config, options);
    const directory = directoryOf(config, options);
    if (directory?.config.kind === 'onec') {
      const { url, user } = directory.config;
      const password = (await options.secrets.get(`directory:${directory.id}`)) ?? '';
      return openOnecJournalTarget({ url, user, password, http });
    }
    throw new OffhookError('delivery.no-object', { values: { host: config.kind, object: config.kind } });
  };
}
