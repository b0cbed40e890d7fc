import { z } from 'zod';
import { OffhookError } from '#contract/errors.ts';
import type {
  CallRecord,
  CommandArguments,
  DeliveryKind,
  Journal,
  JournalConfig,
  LoggedCall,
} from '#contract/ipc/index.ts';
import type { CallArchive, CallLog } from '#core/call-log/index.ts';
import type { PeopleDirectory } from '#core/contacts/index.ts';
import { DisposableStore, Emitter, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { Outbox, OutboxItem } from '#core/sync/index.ts';
import { callSubject } from '../call-subject.ts';
import type { CallJournalTarget } from './call-journal-target.ts';
import { callsMissedBy } from './catch-up.ts';
import { composeCall } from './compose-call.ts';
import type { EntryKeys } from './entry-keys.ts';
import type { JournalDesk } from './journal-desk.ts';
import type { JournalRecord, JournalRecords } from './journal-records.ts';
import { wantsCall } from './wants-call.ts';

export interface CallJournalsOptions {
  records: JournalRecords;
  outbox: Outbox;
  callLog: Pick<CallLog, 'onRecorded'>;
  archive: Pick<CallArchive, 'get' | 'query' | 'onAnnotated'>;
  directory: Pick<PeopleDirectory, 'get'>;
  entryKeys: EntryKeys;
  /** Rejects with `journal.no-directory`, and `delivery.no-object` for a kind that cannot be written from here. */
  openTarget: (config: JournalConfig) => Promise<CallJournalTarget>;
  /** How people know where a journal is. Throws `journal.no-directory`. */
  labelOf: (config: JournalConfig) => string;
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

/** ms that a look at the other side may take. */
const trialPatience = 20_000;
const kinds: readonly DeliveryKind[] = ['onec', 'outlook', 'graph'];
const payloadOf = z.object({ callId: z.string() });
const keyOf = (journalId: string, callId: string) => `${journalId}:${callId}`;

/**
 * Each call, once it has ended, is put into the outbox for every journal that wants it, and again whenever its note
 * changes. What is written is read when it is carried, so that the newest note goes.
 */
export class CallJournals implements JournalDesk, Disposable {
  private readonly options: CallJournalsOptions;
  private readonly changed = new Emitter<Journal[]>();
  private readonly store = new DisposableStore();
  private records: JournalRecord[] = [];
  private isListening = false;
  /** Puts that are under way. */
  private readonly pending = new Set<Promise<void>>();

  readonly onChanged = this.changed.event;

  constructor(options: CallJournalsOptions) {
    this.options = options;
  }

  /** Nothing is carried before it is known for which journals. */
  async load(): Promise<void> {
    this.records = await this.options.records.load();
    for (const kind of kinds) this.options.outbox.carry(kind, (item, signal) => this.carry(item, signal));
    this.changed.fire(this.list());
  }

  /** From now on calls are journalled; those that a crash, or a disk, kept from it follow. */
  async start(): Promise<void> {
    this.listen();
    await this.load();
    await this.catchUp();
  }

  /** Puts what was missed; see `callsMissedBy`. */
  async catchUp(): Promise<void> {
    for (const record of this.records) await this.catchUpOne(record);
  }

  /** Resolves when all that was put so far is on the disk, or has failed. */
  async settled(): Promise<void> {
    await Promise.all(this.pending);
  }

  dispose(): void {
    this.store.dispose();
  }

  list(): Journal[] {
    return this.records.map(({ journal }) => journal);
  }

  async save({ id, ...given }: CommandArguments<'journals.save'>): Promise<{ journalId: string }> {
    const { records, newId, clock, outbox } = this.options;
    const before = id === null ? null : this.required(id);
    if (given.enabled) this.options.labelOf(given.config);
    const journal: Journal = { ...given, id: before?.journal.id ?? newId() };
    // What it is about to leave behind is seen to by what it was.
    if (before) await this.catchUpOne(before);
    const elsewhere = before !== null && JSON.stringify(before.journal.config) !== JSON.stringify(journal.config);
    const record: JournalRecord = { journal, since: clock.now(), lookedAt: clock.now() };
    await records.put(record);
    this.records = before ? this.records.map((one) => (one === before ? record : one)) : [...this.records, record];
    this.changed.fire(this.list());
    // References of one place mean nothing at another.
    if (elsewhere) await outbox.dropTarget(journal.id);
    return { journalId: journal.id };
  }

  async remove(journalId: string): Promise<void> {
    const record = this.required(journalId);
    await this.options.records.remove(journalId);
    this.records = this.records.filter((one) => one !== record);
    this.changed.fire(this.list());
    await this.options.outbox.dropTarget(journalId);
  }

  async test(config: JournalConfig): Promise<{ note: string }> {
    const target = await this.options.openTarget(config);
    return target.check(AbortSignal.timeout(trialPatience));
  }

  /** Once, however often a disk has the start tried again. */
  private listen(): void {
    if (this.isListening) return;
    this.isListening = true;
    const { callLog, archive } = this.options;
    this.store.add(callLog.onRecorded((record) => this.later(this.ended(record))));
    this.store.add(archive.onAnnotated((call) => this.later(this.annotated(call))));
  }

  private async ended(record: CallRecord): Promise<void> {
    for (const journal of this.records) if (wantsCall(journal, record)) await this.put(journal, record);
  }

  private async annotated({ record }: LoggedCall): Promise<void> {
    for (const journal of this.records) {
      if (!wantsCall(journal, record)) continue;
      const key = keyOf(journal.journal.id, record.id);
      const isNew = (record.endedAt ?? 0) >= journal.since;
      if (isNew || (await this.options.outbox.known([key])).has(key)) await this.put(journal, record);
    }
  }

  private async put({ journal }: JournalRecord, record: CallRecord): Promise<void> {
    const { outbox, labelOf, clock } = this.options;
    await outbox.put({
      kind: journal.config.kind,
      targetId: journal.id,
      targetLabel: this.safeLabel(journal.config, labelOf),
      key: keyOf(journal.id, record.id),
      subject: callSubject(record.display, record.offeredAt, record.zoneOffsetMinutes),
      payload: JSON.stringify({ callId: record.id, at: clock.now() }),
    });
  }

  private async carry(item: OutboxItem, signal: AbortSignal): Promise<{ reference: string | null }> {
    // What a removed journal left is dropped: where it is not there, its list is just being read again.
    const record = this.required(item.targetId);
    const { callId } = payloadOf.parse(JSON.parse(item.payload));
    const call = await this.options.archive.get(callId);
    // It was erased, or is too old to be kept: nothing is to be told of it any more.
    if (!call) return { reference: item.reference };
    const { config } = record.journal;
    const target = await this.options.openTarget(config);
    return target.write(await composeCall(call, config, this.options), item.reference, signal);
  }

  private async catchUpOne(record: JournalRecord): Promise<void> {
    const { records, clock, logger, archive, outbox } = this.options;
    if (!record.journal.enabled) return;
    const lookedAt = clock.now();
    try {
      for (const call of await callsMissedBy(record, { archive, outbox, keyOf })) await this.put(record, call);
      record.lookedAt = lookedAt;
      await records.put(record);
    } catch (error) {
      // The next start looks again.
      logger.warn('calls could not be handed to a journal yet', { journal: record.journal.id, error });
    }
  }

  private later(work: Promise<void>): void {
    const { logger } = this.options;
    const watched = work.catch((error: unknown) => logger.error('a call is not in the outbox yet', { error }));
    this.pending.add(watched);
    void watched.finally(() => this.pending.delete(watched));
  }

  private safeLabel(config: JournalConfig, labelOf: CallJournalsOptions['labelOf']): string {
    try {
      return labelOf(config);
    } catch {
      // Its directory is gone: the delivery says so itself.
      return config.kind;
    }
  }

  private required(journalId: string): JournalRecord {
    const record = this.records.find(({ journal }) => journal.id === journalId);
    if (!record) throw new OffhookError('journal.unknown');
    return record;
  }
}
