import type { AgentBridge } from '#core/bridge/index.ts';
import type { CallArchive, CallLog } from '#core/call-log/index.ts';
import type { CallServices, RedialMemory } from '#core/calls/index.ts';
import type { DirectoryDesk, PeopleDirectory } from '#core/contacts/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { SecretStore, SettingsStore } from '#core/settings/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { GraphAccounts } from './graph-accounts.ts';
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
  /** Accounts of Microsoft 365 directories, for more than reading contacts. */
  graphAccounts: GraphAccounts;
  /** Where the shell knows the system's proxies. */
  proxy?: FindProxy;
  /** Program and arguments of the helper that speaks with classic Outlook and Excel. */
  outlookHelper?: readonly string[];
  /** Entry of the worker that reads and writes customer sheets. */
  sheetWorker: URL;
  /** Program and arguments that open a link, which is one argument more; see `findLinkCommand`. */
  linkCommand?: readonly string[];
  /** Asked for when something has to be asked and no window is there. */
  openWindow?: () => void;
  /** Where the shell tells other programs how to find the API; without it there is none. */
  localApi?: {
    onAccess(access: LocalApiAccess | null): void;
    /** In the place of the setting; 0 for any. */
    port?: number | null;
  };
  /** Built pane for Excel and Outlook, which the API serves; none where it is left out. */
  paneDirectory?: string;
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

/** A part of the office: begins after the windows can come, and ends with the agent. */
export interface OfficePart {
  /** Where it rejects it is called again later. */
  start(): Promise<void>;
  /** The database is another than before. Where it rejects it is called again later. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

export const idlePart: OfficePart = {
  start: async () => undefined,
  reload: async () => undefined,
  stop: async () => undefined,
};
