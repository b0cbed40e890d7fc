import type { CallRecord } from '#contract/ipc/index.ts';
import type { CallLog } from '#core/call-log/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import { CallLegs } from './call-legs.ts';
import type { Call } from './call.ts';
import { isEstablished } from './call-state.ts';

export interface CallRecorderDependencies {
  callLog: CallLog;
  clock: Clock;
  logger: Logger;
  lineLabel: (lineId: string) => string;
  /** Whether it is one of the PBX's own short numbers. */
  isInternal: (number: string) => boolean;
}

/**
 * Writes each call's record: when it is offered, answered and ended. Nobody waits for it; the log keeps the order of
 * one call's writes and answers for their durability.
 */
export class CallRecorder {
  private readonly dependencies: CallRecorderDependencies;
  private readonly pending = new Set<Promise<void>>();

  constructor(dependencies: CallRecorderDependencies) {
    this.dependencies = dependencies;
  }

  follow(call: Call): void {
    const { lineLabel, clock } = this.dependencies;
    const label = lineLabel(call.lineId);
    const zoneOffsetMinutes = -new Date(clock.now()).getTimezoneOffset();
    const legs = new CallLegs(call);
    const record = () => this.write(this.recordOf(call, legs, label, zoneOffsetMinutes));
    record();
    let answered = false;
    call.onChanged(() => {
      legs.look(clock.now());
      if (answered || !isEstablished(call.callState)) return;
      answered = true;
      record();
    });
    call.onEnded(record);
  }

  /** Resolves when everything handed over so far is durable, or has failed and been reported. */
  async settled(): Promise<void> {
    await Promise.all(this.pending);
  }

  private write(record: CallRecord): void {
    const written = this.dependencies.callLog.record(record).catch((error) => {
      // The log keeps the record, tells its own problem and writes it as soon as it can.
      this.dependencies.logger.error('a call is not yet recorded on the disk', { error });
    });
    this.pending.add(written);
    void written.finally(() => this.pending.delete(written));
  }

  private recordOf(call: Call, legs: CallLegs, lineLabel: string, zoneOffsetMinutes: number): CallRecord {
    const remote = legs.party;
    const { id, lineId, direction, startedAt, answeredAt, endedAt, ending, codec, encrypted } = call.snapshot();
    const { number } = remote;
    return {
      id,
      lineId,
      lineLabel,
      direction,
      internal: number !== null && this.dependencies.isInternal(number),
      number,
      extension: remote.extension,
      display: remote.display,
      name: remote.name,
      withheld: remote.withheld,
      divertedFrom: remote.diversion?.display ?? null,
      partyKey: number?.toLowerCase() ?? null,
      offeredAt: startedAt,
      answeredAt,
      endedAt,
      zoneOffsetMinutes,
      disposition: ending?.disposition ?? null,
      answeredBy: null,
      sipStatus: call.end?.status ?? null,
      sipReason: call.end?.reason ?? null,
      sipCallId: call.session.sipCallId,
      codec,
      encrypted,
      legs: legs.list(),
      pbxIds: {},
    };
  }
}
