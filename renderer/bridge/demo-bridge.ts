import { OffhookError } from '#contract/errors.ts';
import { defaultSettings } from '#contract/settings.ts';
import type {
  BackupFacts,
  CallRecord,
  CallReport,
  CommandInput,
  CommandName,
  CommandResult,
  DirectoryStatus,
  ErasureReceipt,
  EventName,
  EventPayload,
  Favourite,
  ListedPerson,
  LoggedCall,
  OwnContact,
  PersonDetail,
  Recording,
  RecordsStatus,
  SessionSnapshot,
  SheetWalk,
} from '#contract/ipc/index.ts';
import { DemoAutomations, noAutomations } from './demo-automations.ts';
import type { DemoAutomationState } from './demo-automations.ts';
import { DemoCallLog } from './demo-call-log.ts';
import { DemoDialDesk, noDialling } from './demo-dialling.ts';
import type { DemoDialling } from './demo-dialling.ts';
import { DemoDirectories, noSources } from './demo-directories.ts';
import type { DemoSources } from './demo-directories.ts';
import { DemoPeople } from './demo-people.ts';
import { DemoPersons } from './demo-persons.ts';
import { DemoPrograms, noPrograms } from './demo-programs.ts';
import type { DemoProgramState } from './demo-programs.ts';
import { DemoSheets } from './demo-sheets.ts';
import type { DemoSheet } from './demo-sheets.ts';
import { Listeners } from './listeners.ts';
import type { WindowBridge } from './window-bridge.ts';

export interface DemoState {
  session: SessionSnapshot;
  /** Newest first. */
  records: CallRecord[];
  recordings: Recording[];
  /** Left out, reports never come. */
  reports?: (query: CommandInput<'reports.run'>) => CallReport | Promise<CallReport>;
  /** What a call is shown with beside its record, by the record's id. */
  added: Record<string, Partial<LoggedCall>>;
  favourites: Favourite[];
  directories: DirectoryStatus[];
  people: PersonDetail[];
  /** Beside them, in the order of names; the list alone knows of them. */
  crowd: ListedPerson[];
  /** Base64 of PNGs, by the names of photos. */
  photos: Record<string, string>;
  /** Own contacts as they were written, by handle. */
  ownContacts: Record<string, OwnContact>;
  /** What the agent fails at. */
  broken: CommandName[];
  housekeeping: { status: RecordsStatus; backups: BackupFacts[]; receipts: ErasureReceipt[] };
  /** Address books. */
  sources: DemoSources;
  /** Programs that use the local API. */
  programs: DemoProgramState;
  dialling: DemoDialling;
  /** Event actions, journals, and what waits for them. */
  automations: DemoAutomationState;
  /** Customer sheets, and the walk down one of them. */
  sheets: DemoSheet[];
  walk: SheetWalk | null;
}

export function emptyState(): DemoState {
  const session: SessionSnapshot = {
    version: '0.1.0',
    shell: 'web',
    secretStore: 'file',
    demo: null,
    lines: [],
    calls: [],
    settings: { ...defaultSettings, language: 'ru', theme: 'light' },
    problems: [],
  };
  const status: RecordsStatus = {
    calls: 0,
    databaseBytes: 90_000,
    recordings: 0,
    recordingBytes: 0,
    warning: null,
    work: null,
    lastRemoval: null,
    lastCheck: null,
    backupFolder: 'C:\\Users\\Olga\\AppData\\Roaming\\Offhook\\backups',
  };
  const housekeeping = { status, backups: [], receipts: [] };
  const known = { directories: [], people: [], crowd: [], photos: {}, ownContacts: {} };
  const parts = { sources: noSources(), programs: noPrograms(), dialling: noDialling(), automations: noAutomations(), sheets: [], walk: null };
  return { session, records: [], recordings: [], added: {}, favourites: [], ...known, broken: [], housekeeping, ...parts };
}

type Handler = (args: never) => unknown;

/** An agent in memory, for tests and for the gallery of the window's states; never part of the shipped window. */
export class DemoBridge implements WindowBridge {
  readonly state: DemoState;
  /** Every command that was called, in order. */
  readonly calls: { command: CommandName; args: unknown }[] = [];
  readonly #handlers = new Map<CommandName, Handler>();
  readonly #events = new Map<string, Listeners<never>>();
  readonly #connection = new Listeners<'open' | 'lost'>();
  readonly #refused = new Listeners<void>();
  readonly #callLog: DemoCallLog;
  readonly directories: DemoDirectories;
  readonly sheets: DemoSheets;

  constructor(state: DemoState = emptyState()) {
    this.state = state;
    this.#callLog = new DemoCallLog(this);
    new DemoPeople(this);
    new DemoPersons(this);
    this.directories = new DemoDirectories(this);
    new DemoPrograms(this);
    new DemoDialDesk(this);
    new DemoAutomations(this);
    this.sheets = new DemoSheets(this);
    this.answer('session.open', () => structuredClone(this.state.session));
    this.answer('audio.claim', () => {
      this.emit('audio.owner', { you: true });
      return {};
    });
    this.answer('calls.preview', ({ text }) => {
      const digits = text.replace(/[^\d+]/g, '');
      if (digits === '') throw new OffhookError('number.unreadable');
      return { address: digits, extension: null, display: text.trim(), emergency: digits === '112', rules: [] };
    });
    this.answer('recordings.list', ({ callId }) =>
      structuredClone(this.state.recordings.filter((each) => each.callId === callId)),
    );
    this.answer('recordings.peaks', () => ({ peaks: null }));
    this.answer('recordings.read', () => {
      throw new OffhookError('recording.missing');
    });
    this.answer('reports.run', (query) => this.state.reports?.(query) ?? new Promise(() => {}));
    this.answer('records.status', () => structuredClone(this.state.housekeeping.status));
    this.answer('records.backups', () => structuredClone(this.state.housekeeping.backups));
    this.answer('records.receipts', () => structuredClone(this.state.housekeeping.receipts));
    this.answer('calls.place', () => ({ callId: 'placed' }));
  }

  /** Sets what a command answers with; it may throw. */
  answer<N extends CommandName>(
    command: N,
    handler: (args: CommandInput<N>) => CommandResult<N> | Promise<CommandResult<N>>,
  ): void {
    this.#handlers.set(command, handler as Handler);
  }

  emit<N extends EventName>(event: N, payload: EventPayload<N>): void {
    if (event === 'callLog.recorded') this.#callLog.take((payload as EventPayload<'callLog.recorded'>).record);
    this.#events.get(event)?.emit(payload as never);
  }

  start(): void {
    this.#connection.emit('open');
  }

  lose(): void {
    this.#connection.emit('lost');
  }

  refuse(): void {
    this.#refused.emit();
  }

  async call<N extends CommandName>(command: N, args: CommandInput<N>): Promise<CommandResult<N>> {
    this.calls.push({ command, args });
    if (this.state.broken.includes(command))
      throw new OffhookError('storage.failed', { detail: 'SQLITE_IOERR disk I/O error' });
    const handler = this.#handlers.get(command);
    return (await handler?.(args as never)) as CommandResult<N>;
  }

  on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void {
    const listeners = this.#events.get(event) ?? new Listeners<never>();
    this.#events.set(event, listeners);
    return listeners.add(listener as (payload: never) => void);
  }

  onConnection(listener: (state: 'open' | 'lost') => void): () => void {
    return this.#connection.add(listener);
  }

  onRefused(listener: () => void): () => void {
    return this.#refused.add(listener);
  }
}
