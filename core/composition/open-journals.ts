import { Emitter } from '#core/foundation/index.ts';
import type { JournalDesk } from '#core/office/journals/index.ts';
import type { Outbox } from '#core/sync/index.ts';
import { notYet } from './not-yet.ts';
import { idlePart, type OfficeOptions, type OfficePart } from './office-options.ts';

export interface OpenedJournals extends OfficePart {
  journals: JournalDesk;
}

export function openJournals(_options: OfficeOptions & { outbox: Outbox }): OpenedJournals {
  return {
    ...idlePart,
    journals: {
      list: () => [],
      save: notYet,
      remove: notYet,
      test: notYet,
      onChanged: new Emitter<never>().event,
    },
  };
}
