import path from 'node:path';
import type { Clock } from '#core/foundation/index.ts';
import type { Database } from '#core/storage/index.ts';
import { FileCallJournal } from './file-call-journal.ts';
import { KeepingCallLog } from './keeping-call-log.ts';
import { SqliteCallLog } from './sqlite-call-log.ts';

/** The call log as the agent uses it: in the database, and beside it in a journal while the database cannot be written. */
export function openCallLog(options: { database: Database; directory: string; clock: Clock }): KeepingCallLog {
  const { database, directory, clock } = options;
  const journal = new FileCallJournal(path.join(directory, 'call-log.journal'));
  return new KeepingCallLog({ log: new SqliteCallLog({ database }), journal, clock });
}
