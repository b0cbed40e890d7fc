import path from 'node:path';
import { openCallArchive, openCallLog } from '#core/call-log/open-call-log.ts';
import { waitingCalls, type CallArchive, type CallReports } from '#core/call-log/index.ts';
import type { KeepingCallLog } from '#core/call-log/keeping-call-log.ts';
import type { FollowUpReminders } from '#core/call-log/follow-up-reminders.ts';
import { SqliteCallReports } from '#core/call-log/sqlite-call-reports.ts';
import type { IndexedPeople } from '#core/contacts/people/indexed-people.ts';
import { Exports } from '#core/exports/index.ts';
import { WorkerExportFiles } from '#core/exports/worker-export-files.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import { SqliteRecordingShelf } from '#core/housekeeping/sqlite-recording-shelf.ts';
import type { RecordingShelf } from '#core/housekeeping/index.ts';
import { FileRecordingStore } from '#core/recordings/file-recording-store.ts';
import type { RecordingStore } from '#core/recordings/index.ts';
import { NodeRecordingFiles } from '#core/recordings/node-recording-files.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { Database, WritePace } from '#core/storage/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { agentSchema } from './agent-schema.ts';
import { openPeople } from './open-people.ts';

export interface RecordsOptions {
  dataDirectory: string;
  storageWorker: URL;
  exportWorker: URL;
  peopleWorker: URL;
  searchWorker: URL;
  pace: WritePace;
  settings: SettingsStore;
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

/** What the office remembers, and the one database that it lies in. */
export interface Records {
  database: Database;
  callLog: KeepingCallLog;
  people: IndexedPeople;
  /** Ends its workers. */
  stopPeople(): Promise<void>;
  archive: CallArchive;
  reminders: FollowUpReminders;
  reports: CallReports;
  recordings: RecordingStore;
  shelf: RecordingShelf;
  exports: Exports;
  /** Ends what an earlier run left open, and removes what it left lying about. Never rejects. */
  tidy(): Promise<void>;
}

export function openRecords(options: RecordsOptions): Records {
  const { dataDirectory, clock, logger, newId } = options;
  const file = path.join(dataDirectory, 'offhook.sqlite');
  const database = new WorkerDatabase({ file, parts: agentSchema, workerEntry: options.storageWorker, clock });
  const callLog = openCallLog({ database, directory: dataDirectory, clock });
  const { people, stop: stopPeople } = openPeople({ ...options, database, file });
  const { archive, reminders } = openCallArchive({
    database,
    callLog,
    people,
    clock,
    logger: logger.child('call-log'),
  });
  const folder = path.join(dataDirectory, 'recordings');
  const recordings = new FileRecordingStore({ files: new NodeRecordingFiles(folder), database });
  const files = new WorkerExportFiles({
    database: file,
    directory: path.join(dataDirectory, 'exports'),
    workerEntry: options.exportWorker,
    newId,
  });
  const waiting: Exports['options']['waiting'] = (filter) => waitingCalls(callLog.waiting(), people, filter);
  return {
    database,
    callLog,
    people,
    stopPeople,
    archive,
    reminders,
    reports: new SqliteCallReports({ database, people }),
    recordings,
    shelf: new SqliteRecordingShelf({ database, recordings, folder }),
    exports: new Exports({ files, waiting, clock, logger: logger.child('exports'), newId }),
    async tidy() {
      await Promise.all([
        recordings
          .closeLeftOpen()
          .catch((error) => logger.warn('recordings left open are closed at another start', { error })),
        files.clear().catch((error) => logger.warn('old exports could not be removed', { error })),
      ]);
    },
  };
}
