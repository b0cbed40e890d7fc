import type { EventName, EventPayload } from '#contract/ipc/index.ts';
import type { AgentBridge } from '#core/bridge/index.ts';
import type { CallRegistry } from '#core/calls/index.ts';
import type { Housekeeping } from '#core/housekeeping/index.ts';
import type { Lines } from '#core/lines/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { Contacts } from './open-contacts.ts';
import type { Office } from './open-office.ts';
import type { Records } from './open-records.ts';

export interface Told extends Records, Pick<Contacts, 'directory' | 'directories'> {
  office: Office;
  bridge: AgentBridge;
  calls: CallRegistry;
  lines: Lines;
  problems: ProblemBoard;
  housekeeping: Housekeeping;
  settings: SettingsStore;
}

/** Every window hears of what changed. */
export function tellWindows(told: Told): void {
  const tell = <N extends EventName>(event: N, payload: EventPayload<N>) => told.bridge.broadcast(event, payload);
  told.calls.onChanged((snapshots) => tell('calls.changed', { calls: snapshots }));
  told.lines.onChanged((snapshots) => tell('lines.changed', { lines: snapshots }));
  told.problems.onChanged((list) => tell('problems.changed', { problems: list }));
  told.settings.onChanged((settings) => tell('settings.changed', { settings }));
  told.recordings.onChanged((callIds) => tell('recordings.changed', { callIds: [...callIds] }));
  told.callLog.onRecorded((record) => tell('callLog.recorded', { record }));
  told.archive.onAnnotated((call) => tell('callLog.annotated', { call }));
  told.archive.onHandled((callIds) => tell('callLog.handled', { callIds }));
  told.reminders.onDue((due) => tell('callLog.followUpsDue', { calls: due }));
  told.exports.onProgress((progress) => tell('exports.progress', progress));
  told.housekeeping.onChanged((status) => tell('records.changed', { status }));
  told.housekeeping.onReplaced(() => tell('records.replaced', {}));
  told.people.onFavourites((favourites) => tell('people.favouritesChanged', { favourites }));
  told.people.onNamed((naming) => tell('people.named', naming));
  told.directory.onChanged((change) => tell('people.changed', change));
  told.directories.onChanged((directories) => tell('directories.changed', { directories }));
  told.directories.onSignedIn((signedIn) => tell('directories.signedIn', signedIn));
  tellOfOffice(told.office, tell);
}

function tellOfOffice(office: Office, tell: <N extends EventName>(event: N, payload: EventPayload<N>) => void): void {
  office.dialDesk.onChanged((requests) => tell('dialRequests.changed', { requests }));
  office.sheets.onChanged((sheets) => tell('sheets.changed', { sheets }));
  office.sheets.onRows((change) => tell('sheets.rowsChanged', change));
  office.sheets.onWalk((walk) => tell('sheets.walkChanged', { walk }));
  office.localApi.onStatus((status) => tell('localApi.changed', { status }));
  office.localApi.onPrograms((change) => tell('programs.changed', change));
  office.localApi.onShowCard((card) => tell('programs.showCard', card));
  office.eventActions.onChanged((actions) => tell('eventActions.changed', { actions }));
  office.journals.onChanged((journals) => tell('journals.changed', { journals }));
  office.outbox.onChanged((change) => tell('deliveries.changed', change));
}
