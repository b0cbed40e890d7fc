import path from 'node:path';
import type { KnownPeople } from '#core/contacts/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { CallArchive } from './call-archive.ts';
import { FileCallJournal } from './file-call-journal.ts';
import { FollowUpReminders } from './follow-up-reminders.ts';
import { KeepingCallLog } from './keeping-call-log.ts';
import { SqliteCallArchive } from './sqlite-call-archive.ts';
import { SqliteCallLog } from './sqlite-call-log.ts';
import { WaitingCallArchive } from './waiting-call-archive.ts';

/** The call log as the agent uses it: in the database, and beside it in a journal while the database cannot be written. */
export function openCallLog(options: { database: Database; directory: string; clock: Clock }): KeepingCallLog {
  const { database, directory, clock } = options;
  const journal = new FileCallJournal(path.join(directory, 'call-log.journal'));
  return new KeepingCallLog({ log: new SqliteCallLog({ database }), journal, clock });
}

/** The same calls with what the user added to them, and the reminders of it. */
export function openCallArchive(options: {
  database: Database;
  callLog: KeepingCallLog;
  people: KnownPeople;
  clock: Clock;
  logger: Logger;
}): { archive: CallArchive; reminders: FollowUpReminders } {
  const { callLog, clock, database, people, logger } = options;
  const written = new SqliteCallArchive({ database, people, clock, onRecorded: callLog.onRecorded });
  const archive = new WaitingCallArchive({ archive: written, waiting: () => callLog.waiting(), people });
  return { archive, reminders: new FollowUpReminders({ archive, clock, logger }) };
}
