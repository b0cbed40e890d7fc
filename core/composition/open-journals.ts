import { CallJournals, type JournalDesk } from '#core/office/journals/index.ts';
import { SqliteEntryKeys } from '#core/office/journals/sqlite-entry-keys.ts';
import { SqliteJournalRecords } from '#core/office/journals/sqlite-journal-records.ts';
import type { Outbox } from '#core/sync/index.ts';
import { journalLabel, journalTargets } from './journal-targets.ts';
import type { OfficeOptions, OfficePart } from './office-options.ts';

export interface OpenedJournals extends OfficePart {
  journals: JournalDesk;
}

export function openJournals(options: OfficeOptions & { outbox: Outbox }): OpenedJournals {
  const { database } = options;
  const logger = options.logger.child('journals');
  const journals = new CallJournals({
    ...options,
    records: new SqliteJournalRecords({ database, logger }),
    entryKeys: new SqliteEntryKeys(database),
    openTarget: journalTargets(options),
    labelOf: (config) => journalLabel(config, options),
    logger,
  });
  return {
    journals,
    start: () => journals.start(),
    async reload() {
      await journals.load();
      await journals.catchUp();
    },
    async stop() {
      journals.dispose();
      await journals.settled();
    },
  };
}
