import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Account } from '#contract/ipc/index.ts';
import type { CallHousekeeping } from '#core/call-log/index.ts';
import { readNumber, type KnownPeople } from '#core/contacts/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { AccountStore, SettingsStore } from '#core/settings/index.ts';
import type { Database } from '#core/storage/index.ts';
import { Backups } from './backups.ts';
import { earlierSheets } from './earlier-sheets.ts';
import { ErasePerson, type WaitingCalls } from './erase-person.ts';
import { Housekeeping } from './housekeeping.ts';
import type { RecordingShelf } from './recording-shelf.ts';
import { Retention } from './retention.ts';
import { SqliteHousekeepingStore } from './sqlite-housekeeping-store.ts';

export interface HousekeepingOptions {
  database: Database;
  calls: CallHousekeeping;
  waiting: WaitingCalls;
  shelf: RecordingShelf;
  people: KnownPeople;
  settings: SettingsStore;
  accounts: AccountStore;
  problems: ProblemBoard;
  clock: Clock;
  logger: Logger;
  newId: () => string;
  version: string;
  /** Path of the agent's folder. */
  directory: string;
  /** Whether a window is open. */
  visible: () => boolean;
  /** Keys of those with whom a call is up, null for a withheld number. */
  partiesUp: () => readonly (string | null)[];
  addLine: (id: string, account: Account) => Promise<void>;
  letGo: () => Promise<void>;
  reload: () => Promise<void>;
}

// Written anew as a whole in well under a second.
const compactBytes = 64 * 1024 * 1024;
const setAside = /\.(corrupt|refused|too-large|before)\b|\.corrupt-/;

function damagedCopies(directory: string): string[] {
  try {
    const names = readdirSync(directory).filter((name) => setAside.test(name) && !/-(wal|shm)$/.test(name));
    return names.map((name) => path.join(directory, name));
  } catch {
    // Where the folder cannot be read, nothing in it was written by this program.
    return [];
  }
}

/** Housekeeping as the agent uses it, with its memory in the agent's database. */
export function openHousekeeping(options: HousekeepingOptions): Housekeeping {
  const { database, directory, settings, partiesUp } = options;
  const store = new SqliteHousekeepingStore({ database });
  const callsUp = () => partiesUp().length > 0;
  const backups = new Backups({ ...options, store, callsUp });
  const erasure = new ErasePerson({
    ...options,
    store,
    readNumber: (text) => readNumber(text, settings.values)?.number.toLowerCase() ?? null,
    otherFiles: async () => [...damagedCopies(directory), ...(await backups.files()), ...earlierSheets(directory)],
    mayCompact: async () => !callsUp() && statSync(path.join(directory, 'offhook.sqlite')).size <= compactBytes,
  });
  const retention = new Retention({ ...options, store, callsUp });
  return new Housekeeping({ ...options, store, retention, erasure, backups, callsUp });
}
