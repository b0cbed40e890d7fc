import type { AgentBridge } from '#core/bridge/index.ts';
import type { CallArchive, CallLog } from '#core/call-log/index.ts';
import type { CallServices, RedialMemory } from '#core/calls/index.ts';
import type { DirectoryDesk, PeopleDirectory } from '#core/contacts/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { SecretStore, SettingsStore } from '#core/settings/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { FindProxy } from './open-directories.ts';

/** What the office's parts are made of. */
export interface OfficeOptions {
  dataDirectory: string;
  version: string;
  database: Database;
  settings: SettingsStore;
  secrets: SecretStore;
  problems: ProblemBoard;
  services: CallServices;
  redial: RedialMemory;
  callLog: CallLog;
  archive: CallArchive;
  directory: PeopleDirectory;
  directories: DirectoryDesk;
  bridge: AgentBridge;
  /** Where the shell knows the system's proxies. */
  proxy?: FindProxy;
  /** Program and arguments of the helper that speaks with classic Outlook and Excel. */
  outlookHelper?: readonly string[];
  /** Entry of the worker that reads and writes customer sheets. */
  sheetWorker: URL;
  /** Asked for when something has to be asked and no window is there. */
  openWindow?: () => void;
  /** Where the shell tells other programs how to find the API; without it there is none. */
  localApi?: {
    onAccess(access: LocalApiAccess | null): void;
    /** In the place of the setting; 0 for any. */
    port?: number | null;
  };
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

/** A part of the office: begins after the windows can come, and ends with the agent. */
export interface OfficePart {
  start(): Promise<void>;
  /** The database is another than before. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

export const idlePart: OfficePart = {
  start: async () => undefined,
  reload: async () => undefined,
  stop: async () => undefined,
};
