import type { CommandArguments, Journal, JournalConfig } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** Where a word about each call is written after it. */
export interface JournalDesk {
  list(): Journal[];
  /** @throws OffhookError `journal.unknown`, `journal.no-directory` */
  save(asked: CommandArguments<'journals.save'>): Promise<{ journalId: string }>;
  remove(journalId: string): Promise<void>;
  /** @throws OffhookError `delivery.*`, `directory.*`, `journal.no-directory` */
  test(config: JournalConfig): Promise<{ note: string }>;
  readonly onChanged: Event<Journal[]>;
}
