import { randomUUID } from 'node:crypto';
import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import { account, type AccountInput } from '#contract/ipc/index.ts';
import { AgentBridge, type ClientPort } from '#core/bridge/index.ts';
import { commandHandlers } from '#core/bridge/command-handlers.ts';
import { WindowAudioEndpoint } from '#core/bridge/window-audio-endpoint.ts';
import { SqliteCallHousekeeping } from '#core/call-log/sqlite-call-housekeeping.ts';
import {
  CallRecorder,
  CallRegistry,
  DialogKeeper,
  endOrphanedCalls,
  receiveCall,
  reconnectAudio,
  RedialMemory,
  testCall,
  type CallServices,
  type TestCallResult,
} from '#core/calls/index.ts';
import type { OfficeOptions } from '#core/composition/office-options.ts';
import { openContacts } from '#core/composition/open-contacts.ts';
import { openOffice } from '#core/composition/open-office.ts';
import { openRecords } from '#core/composition/open-records.ts';
import { paceWriting } from '#core/composition/pace-writing.ts';
import { recoverRecords } from '#core/composition/recover-records.ts';
import { tellWindows } from '#core/composition/tell-windows.ts';
import { isInternalNumber } from '#core/contacts/index.ts';
import { SqliteOpenDialogs } from '#core/calls/sqlite-open-dialogs.ts';
import { Emitter, systemClock, type Clock, type Disposable, type Event, type Logger } from '#core/foundation/index.ts';
import { openHousekeeping } from '#core/housekeeping/open-housekeeping.ts';
import { DEMO_LINE_ID, Lines } from '#core/lines/index.ts';
import { RelayMediaLegFactory } from '#core/media/relay/relay-media-leg-factory.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { OpenRecordings } from '#core/recordings/index.ts';
import { openFileStores } from '#core/settings/file-stores.ts';
import type { SecretStore } from '#core/settings/index.ts';
import { WritePace } from '#core/storage/index.ts';
import { SipJsUserAgentFactory } from '#core/sip/sip-js-user-agent.ts';

export type { ClientPort } from '#core/bridge/index.ts';
export type { TestCallResult } from '#core/calls/index.ts';

/** The built-in exchange and the account on it. */
export interface DemoExchange {
  account: AccountInput;
  password: string;
  echo: string;
  menu: string;
}

export interface AgentOptions {
  /** Owned by this process: see `acquireDataDirectory` in core/storage. */
  dataDirectory: string;
  shell: 'web' | 'electron';
  version: string;
  logger: Logger;
  /** The system's key store where the shell has one; a file for the user alone when left out. */
  secrets?: SecretStore;
  /** Entry of the relay's worker: `core/media/relay/relay-worker.ts`, or the bundle made of it. */
  relayWorker: URL;
  /** Entry of the storage worker: `core/storage/storage-worker.ts`, or the bundle made of it. */
  storageWorker: URL;
  /** Entry of the export worker: `core/exports/export-worker.ts`, or the bundle made of it. */
  exportWorker: URL;
  /** Entry of the directories' worker: `core/composition/directory-worker.ts`, or the bundle made of it. */
  directoryWorker: URL;
  /** Entry of the worker that merges people: `core/composition/people-worker.ts`, or the bundle made of it. */
  peopleWorker: URL;
  /** Entry of the worker that searches people: `core/contacts/matching/search-worker.ts`, or the bundle made of it. */
  searchWorker: URL;
  /** Entry of the worker of customer sheets: `core/composition/sheet-worker.ts`, or the bundle made of it. */
  sheetWorker: URL;
  /** Told where other programs find the local API; without it there is none. */
  localApi?: OfficeOptions['localApi'];
  /** Folder of the built pane for Excel and Outlook. */
  paneDirectory?: string;
  demo: DemoExchange | null;
  /** Starts the built-in exchange on request, where the shell can. */
  startDemo?: () => Promise<DemoExchange>;
  /** Address of the proxy for an address, where the shell knows the system's; null to go straight. */
  proxy?: (url: string) => Promise<string | null>;
  /** Program and arguments of the helper that speaks with classic Outlook; see addins/com-helper. */
  outlookHelper?: readonly string[];
  /** Program and arguments that open a link, where the shell has one. */
  linkCommand?: readonly string[];
  /** Asked for when a call rings and no window is there. */
  openWindow?: () => void;
  /** `synthetic`: every call has a tone generator and detector instead of a window. */
  audio?: 'window' | 'synthetic';
  clock?: Clock;
}

export interface Agent {
  connect(client: ClientPort): Disposable;
  /** A two-second call to the built-in echo service. */
  testCall(): Promise<TestCallResult>;
  /** Resolves when any line is registered. */
  registered(): Promise<void>;
  activeCalls(): number;
  /** Ends calls, commits records, un-REGISTERs. */
  stop(): Promise<void>;
  /** Tones heard by synthetic endpoints. */
  readonly onTone: Event<{ callId: string; frequency: number; level: number }>;
}

/** Builds the agent: a phone that needs no window. Everything is wired here and nowhere else. */
export async function createAgent(options: AgentOptions): Promise<Agent> {
  const clock = options.clock ?? systemClock;
  const { logger } = options;
  const newId = () => randomUUID();
  const problems = new ProblemBoard(clock, logger.child('problems'));
  const stores = openFileStores(options.dataDirectory, clock);
  const secrets = options.secrets ?? stores.secrets;
  const pace = new WritePace();
  const records = openRecords({ ...options, pace, settings: stores.settings, clock, logger, newId });
  const { database, callLog, people, archive, reminders, recordings, exports } = records;
  const contacts = openContacts({ ...options, pace, database, people, archive, settings: stores.settings, secrets, clock, newId });
  const bridge = new AgentBridge(logger.child('bridge'));
  const audio = new WindowAudioEndpoint(bridge, clock, options.openWindow ?? null);
  const media = new RelayMediaLegFactory({
    workerEntry: options.relayWorker,
    audioEndpoint: audio,
    clock,
    logger: logger.child('media'),
  });
  const userAgents = new SipJsUserAgentFactory({ clock, logger: logger.child('sip') });
  const calls = new CallRegistry(clock);
  const lines = new Lines({
    accounts: stores.accounts,
    secrets,
    userAgents,
    problems,
    clock,
    logger: logger.child('lines'),
    newId,
    hasCalls: (lineId) => calls.live().some((call) => call.lineId === lineId),
  });
  const services: CallServices = {
    calls,
    lines,
    media,
    clock,
    logger: logger.child('calls'),
    newId,
    numberRules: () => stores.settings.values,
    matchParty: (remote) => contacts.directory.glance(remote),
    audio: options.audio ?? 'window',
  };
  const recorder = new CallRecorder({
    callLog,
    clock,
    logger: logger.child('call-log'),
    lineLabel: (lineId) => lines.find(lineId)?.label ?? lineId,
    isInternal: (number) => isInternalNumber(number, stores.settings.values),
  });
  const redial = new RedialMemory();
  const office = openOffice({ ...options, ...records, ...contacts, settings: stores.settings, secrets, problems, services, redial, bridge, clock, newId });
  const openDialogs = new SqliteOpenDialogs({ database, run: newId() });
  const dialogKeeper = new DialogKeeper({ openDialogs, clock, logger: services.logger });
  const openRecordings = new OpenRecordings({
    recordings,
    clock,
    logger: logger.child('recordings'),
    newId,
    isLive: (callId) => calls.find(callId)?.live ?? false,
  });
  const housekeeping = openHousekeeping({
    database,
    calls: new SqliteCallHousekeeping({ database }),
    waiting: callLog,
    shelf: records.shelf,
    people,
    settings: stores.settings,
    accounts: stores.accounts,
    problems,
    clock,
    logger: logger.child('housekeeping'),
    newId,
    version: options.version,
    directory: options.dataDirectory,
    visible: () => bridge.clientCount > 0,
    partiesUp: () => calls.live().map((call) => call.snapshot().remote.number?.toLowerCase() ?? null),
    async addLine(id, added) {
      if (id === DEMO_LINE_ID) return;
      await stores.accounts.put(id, added);
      await lines.load();
    },
    letGo: () => contacts.letGo(),
    async reload() {
      await callLog.flush();
      await Promise.all([people.reload(), contacts.reload(), office.reload()]);
      await Promise.all([redial.reload(callLog), reminders.reload()]);
    },
  });
  let demo = options.demo;

  /** Where the exchange listens changes from start to start; what the user made of its line does not. */
  const useDemo = async (exchange: DemoExchange) => {
    demo = exchange;
    const offered = account.parse(exchange.account);
    const stored = stores.accounts.list().find(({ id }) => id === DEMO_LINE_ID)?.account;
    const { user, authorizationUser, domain, serverHost, serverPort, transport } = offered;
    const present = stored ? { ...stored, user, authorizationUser, domain, serverHost, serverPort, transport } : offered;
    await lines.add(present, exchange.password, DEMO_LINE_ID);
  };
  const onTone = new Emitter<{ callId: string; frequency: number; level: number }>();

  calls.onAdded((call) => {
    recorder.follow(call);
    dialogKeeper.follow(call);
    call.onEnded(() => openRecordings.ended(call.id));
    call.leg.synthetic?.onTone(({ frequency, level }) => onTone.fire({ callId: call.id, frequency, level }));
    if (call.direction === 'incoming' && bridge.clientCount === 0) options.openWindow?.();
  });
  lines.onInvitation(({ line, invitation }) => receiveCall(services, line, invitation));
  audio.onClaimed(() => reconnectAudio(services));
  bridge.onClientClosed((client) => openRecordings.leave(client));

  tellWindows({ ...records, ...contacts, office, bridge, calls, lines, problems, housekeeping, settings: stores.settings });
  const pacing = paceWriting(calls, pace, clock);
  const recognise = () => calls.live().forEach((call) => call.recognise());
  contacts.directory.onChanged(recognise);
  people.onNamed(recognise);
  bridge.onClientClosed((client) => void exports.leave(client));
  // A full disk troubles the database and the log that keeps its records meanwhile: one sentence is enough.
  const showStorage = () => show(problems, 'storage', database.problem ?? callLog.problem);
  showStorage();
  database.onProblem(showStorage);
  callLog.onProblem(showStorage);
  watchProblems(problems, 'settings', stores.settings.problems, stores.settings.onProblems);
  watchProblems(problems, 'accounts', stores.accounts.problems, stores.accounts.onProblems);

  bridge.handle(
    commandHandlers({
      services,
      redial,
      callLog,
      archive,
      reports: records.reports,
      people,
      ...contacts,
      ...office,
      recordings,
      openRecordings,
      exports,
      housekeeping,
      settings: stores.settings,
      secrets,
      problems,
      audio,
      shell: options.shell,
      version: options.version,
      demo: () => demo && { echo: demo.echo, menu: demo.menu },
      startDemo: async () => {
        if (!options.startDemo) throw new OffhookError('bridge.unknown-command', { detail: 'no built-in exchange here' });
        await useDemo(await options.startDemo());
      },
    }),
  );

  const recovered = recoverRecords(
    [
      { name: 'calls left open', run: () => callLog.closeOpenRecords(clock.now()) },
      { name: 'redial', run: () => redial.load(callLog) },
      { name: 'people', run: () => people.load() },
      { name: 'reminders', run: () => reminders.start() },
      { name: 'directories', run: () => contacts.start() },
      // The first screen shall not wait for the reader's thread to start.
      { name: 'reader', run: () => database.read('SELECT 1') },
      { name: 'office', run: () => office.start() },
      { name: 'housekeeping', run: () => housekeeping.start() },
    ],
    logger.child('records'),
  );
  const tidied = records.tidy();
  const prepared = media.prepare().catch((error) => problems.raise('media', toReport(error)));
  if (demo && !stores.accounts.wasRemoved(DEMO_LINE_ID)) {
    // A disk that takes nothing keeps nobody from calling; the stores tell what was not saved.
    await useDemo(demo).catch((error) => logger.warn('the demo line is not saved', { error }));
  }
  await lines.load();
  const orphaned = endOrphanedCalls({ openDialogs, lines, clock, logger: services.logger });
  await Promise.all([prepared, tidied]);

  return {
    connect: (client) => bridge.connect(client),
    testCall: () => {
      if (!demo) throw new OffhookError('line.none');
      return testCall(services, demo.echo);
    },
    registered: () => whenRegistered(lines),
    activeCalls: () => calls.live().length,
    onTone: onTone.event,
    async stop() {
      await office.stop();
      for (const call of calls.live()) call.session.end();
      const disowned = orphaned.then((left) => left.dispose());
      await Promise.all([lines.stop(), recorder.settled(), dialogKeeper.settled(), recovered, disowned]);
      await Promise.all([openRecordings.closeAll(), tidied, exports.stop(), contacts.stop()]);
      openRecordings.dispose();
      pacing.dispose();
      calls.dispose();
      housekeeping.dispose();
      await callLog.flush();
      reminders.dispose();
      callLog.dispose();
      await records.stopPeople();
      await media.stop();
      await database.close();
    },
  };
}

function watchProblems(board: ProblemBoard, id: string, now: readonly ErrorReport[], later: Event<readonly ErrorReport[]>): void {
  show(board, id, now[0] ?? null);
  later((reports) => show(board, id, reports[0] ?? null));
}

function show(board: ProblemBoard, id: string, report: ErrorReport | null): void {
  if (report) board.raise(id, report);
  else board.clear(id);
}

function whenRegistered(lines: Lines): Promise<void> {
  const isRegistered = () => lines.snapshots().some((line) => line.registration.state === 'registered');
  if (isRegistered()) return Promise.resolve();
  return new Promise((resolve) => {
    const listening = lines.onChanged(() => {
      if (!isRegistered()) return;
      listening.dispose();
      resolve();
    });
  });
}
