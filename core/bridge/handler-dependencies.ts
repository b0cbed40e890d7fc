import type { CommandResult, SessionSnapshot } from '#contract/ipc/index.ts';
import type { CallArchive, CallLog, CallReports } from '#core/call-log/index.ts';
import type { CallServices, RedialMemory } from '#core/calls/index.ts';
import type { DirectoryDesk, KnownPeople, PeopleDirectory } from '#core/contacts/index.ts';
import type { Exports } from '#core/exports/index.ts';
import type { Housekeeping } from '#core/housekeeping/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { OpenRecordings, RecordingStore } from '#core/recordings/index.ts';
import type { PartyCards } from '#core/screen-pop/index.ts';
import type { SecretStore, SettingsStore } from '#core/settings/index.ts';
import type { WindowAudioEndpoint } from './window-audio-endpoint.ts';

export interface HandlerDependencies {
  services: CallServices;
  redial: RedialMemory;
  callLog: CallLog;
  archive: CallArchive;
  reports: CallReports;
  people: KnownPeople;
  directory: PeopleDirectory;
  directories: DirectoryDesk;
  cards: PartyCards;
  openEntry: (handle: string) => Promise<CommandResult<'people.open'>>;
  recordings: RecordingStore;
  openRecordings: OpenRecordings;
  exports: Exports;
  housekeeping: Housekeeping;
  settings: SettingsStore;
  secrets: SecretStore;
  problems: ProblemBoard;
  audio: WindowAudioEndpoint;
  shell: 'electron' | 'web';
  version: string;
  demo: () => SessionSnapshot['demo'];
  startDemo: () => Promise<void>;
}
