import { OffhookError } from '#contract/errors.ts';
import type { JournalConfigOf } from '#contract/ipc/index.ts';
import type { DirectoryDesk } from '#core/contacts/index.ts';
import type { GraphRight } from '#core/contacts/directories/graph/index.ts';
import { GraphJournalTarget } from '#core/office/graph/graph-journal-target.ts';
import type { CallJournalTarget, JournalLanguage } from '#core/office/journals/index.ts';
import { OutlookJournalTarget } from '#core/office/outlook/outlook-journal-target.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { GraphAccounts } from './graph-accounts.ts';

const graphRights: Record<JournalConfigOf<'graph'>['write'], GraphRight> = {
  task: 'Tasks.ReadWrite',
  appointment: 'Calendars.ReadWrite',
};

/** The language of Offhook's windows. */
function languageOf(settings: SettingsStore): () => JournalLanguage {
  return () => {
    const { language } = settings.values;
    if (language !== 'system') return language;
    return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ru') ? 'ru' : 'en';
  };
}

/** Classic Outlook on this computer. */
export function openOutlookTarget(
  config: JournalConfigOf<'outlook'>,
  { outlookHelper, settings }: { outlookHelper?: readonly string[]; settings: SettingsStore },
): CallJournalTarget {
  return new OutlookJournalTarget(config, {
    outlookHelper: outlookHelper ?? null,
    language: languageOf(settings),
  });
}

/** The account of a directory of Microsoft 365. @throws OffhookError `journal.no-directory` */
export function openGraphTarget(
  config: JournalConfigOf<'graph'>,
  options: { directories: Pick<DirectoryDesk, 'list'>; graphAccounts: GraphAccounts; settings: SettingsStore },
): CallJournalTarget {
  const found = options.directories.list().find(({ id }) => id === config.directoryId);
  if (found?.config.kind !== 'graph') throw new OffhookError('journal.no-directory');
  const access = options.graphAccounts.access({ id: found.id, config: found.config }, graphRights[config.write]);
  return new GraphJournalTarget(config, { access, language: languageOf(options.settings) });
}
