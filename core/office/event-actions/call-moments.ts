import type { ActionEvent, CallRecord } from '#contract/ipc/index.ts';
import type { CallArchive, CallLog } from '#core/call-log/index.ts';
import { isEstablished, type Call, type CallRegistry } from '#core/calls/index.ts';
import type { PeopleDirectory } from '#core/contacts/index.ts';
import { DisposableStore, Emitter, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { CallFacts, CallMoment } from './call-facts.ts';

export interface CallMomentsDependencies {
  calls: Pick<CallRegistry, 'onAdded'>;
  callLog: Pick<CallLog, 'onRecorded'>;
  archive: Pick<CallArchive, 'get'>;
  directory: Pick<PeopleDirectory, 'glance'>;
  lineLabel: (lineId: string) => string;
  /** Whether it is one of the PBX's own short numbers. */
  isInternal: (number: string) => boolean;
  clock: Clock;
  logger: Logger;
}

/** More than any storm brings within a turn; what is beyond it is left out. */
const mostWaiting = 1000;
/** A record of a full disk may be told twice. */
const mostRemembered = 500;

/**
 * Says what happened to calls: `ring` when one is offered or dialled, `answer`, `end` with the facts of its record, and
 * `missed` beside it. Told in a turn of its own: nothing on the path of a call waits for it.
 */
export class CallMoments implements Disposable {
  private readonly dependencies: CallMomentsDependencies;
  private readonly store = new DisposableStore();
  private readonly told = new Emitter<CallMoment>();
  private readonly ended = new Set<string>();
  private waiting: (() => void)[] = [];
  private turn: Disposable | null = null;

  readonly onMoment = this.told.event;

  constructor(dependencies: CallMomentsDependencies) {
    this.dependencies = dependencies;
    this.store.add(dependencies.calls.onAdded((call) => this.follow(call)));
    this.store.add(dependencies.callLog.onRecorded((record) => this.recorded(record)));
  }

  dispose(): void {
    this.store.dispose();
    this.turn?.dispose();
    this.waiting = [];
    this.told.dispose();
  }

  private follow(call: Call): void {
    this.later(() => this.tellOf('ring', call));
    const changes = call.onChanged(() => {
      if (!isEstablished(call.callState)) return;
      changes.dispose();
      this.later(() => this.tellOf('answer', call));
    });
    call.onEnded(() => changes.dispose());
  }

  private recorded(record: CallRecord): void {
    if (record.endedAt === null || this.ended.has(record.id)) return;
    this.ended.add(record.id);
    if (this.ended.size > mostRemembered) for (const first of this.ended) if (this.ended.delete(first)) break;
    this.later(() => void this.tellOfEnd(record));
  }

  private tellOf(event: ActionEvent, call: Call): void {
    const { dependencies } = this;
    const { id, lineId, direction, remote, match, startedAt, answeredAt } = call.snapshot();
    this.told.fire({
      event,
      facts: {
        ...{ callId: id, lineId, lineLabel: dependencies.lineLabel(lineId), direction },
        internal: remote.number !== null && dependencies.isInternal(remote.number),
        ...{ number: remote.number, display: remote.display },
        ...{ name: match?.person.name ?? remote.name ?? '', firm: match?.person.firm ?? '' },
        ...{ startedAt, answeredAt, endedAt: null, disposition: null, note: '', outcome: null },
      },
    });
  }

  private async tellOfEnd(record: CallRecord): Promise<void> {
    const facts = await this.factsOf(record);
    this.told.fire({ event: 'end', facts });
    if (record.disposition === 'missed') this.told.fire({ event: 'missed', facts });
  }

  private async factsOf(record: CallRecord): Promise<CallFacts> {
    const { archive, directory, logger } = this.dependencies;
    const logged = await archive.get(record.id).catch((error: unknown) => {
      logger.warn('the note of a call could not be read for its actions', { error });
      return null;
    });
    const { number, withheld } = record;
    const match = directory.glance({ number, withheld });
    return {
      ...{ callId: record.id, lineId: record.lineId, lineLabel: record.lineLabel, direction: record.direction },
      ...{ internal: record.internal, number, display: record.display },
      name: logged?.person?.name ?? match?.person.name ?? record.name ?? '',
      firm: match?.person.firm ?? '',
      ...{ startedAt: record.offeredAt, answeredAt: record.answeredAt, endedAt: record.endedAt },
      ...{ disposition: record.disposition, note: logged?.annotation?.note ?? '' },
      outcome: logged?.annotation?.outcome ?? null,
    };
  }

  private later(work: () => void): void {
    if (this.waiting.length >= mostWaiting) return;
    if (this.waiting.push(work) > 1) return;
    this.turn = this.dependencies.clock.after(0, () => {
      const due = this.waiting;
      this.waiting = [];
      for (const one of due) one();
    });
  }
}
