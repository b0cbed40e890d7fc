import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { MemoryCallArchive } from '#core/call-log/memory-call-archive.ts';
import { MemoryCallLog } from '#core/call-log/memory-call-log.ts';
import { openDesk } from '#core/calls/call-desk.test-support.ts';
import { placeCall } from '#core/calls/index.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { silentLogger } from '#core/foundation/index.ts';
import type { CallMoment } from './call-facts.ts';
import { CallMoments } from './call-moments.ts';

describe('the moments of a call', () => {
  let desk: Awaited<ReturnType<typeof openDesk>>;
  let callLog: MemoryCallLog;
  let moments: CallMoments;
  let told: CallMoment[];
  beforeEach(async () => {
    desk = await openDesk();
    callLog = new MemoryCallLog();
    const { clock } = desk;
    told = [];
    moments = new CallMoments({
      ...{ calls: desk.calls, callLog, clock, logger: silentLogger },
      archive: new MemoryCallArchive({ log: callLog, people: new MemoryKnownPeople(() => 'person'), clock }),
      directory: { glance: () => null },
      lineLabel: () => 'Офис',
      isInternal: (number) => number.length < 5,
    });
    moments.onMoment((moment) => told.push(moment));
  });
  afterEach(() => {
    moments.dispose();
    desk.calls.dispose();
  });

  const turn = async () => {
    desk.clock.advance(0);
    for (let wait = 0; wait < 10; wait += 1) await Promise.resolve();
  };

  it('are told in a turn of their own, after the call is on its way', async () => {
    placeCall(desk.services, '+74951234567', null);
    expect(told).toEqual([]);
    await turn();
    expect(told).toMatchObject([
      { event: 'ring', facts: { direction: 'outgoing', number: '+74951234567', lineLabel: 'Офис', internal: false } },
    ]);
  });

  it('end with what the record says, a missed call twice', async () => {
    await callLog.record(callRecordOf({ id: 'a', name: 'Пётр' }));
    await callLog.record(callRecordOf({ id: 'b', answeredAt: null, disposition: 'missed' }));
    await callLog.record(callRecordOf({ id: 'c', endedAt: null }));
    await turn();
    await turn();
    expect(told.map(({ event, facts }) => `${event} ${facts.callId}`).sort()).toEqual(['end a', 'end b', 'missed b']);
    expect(told[0]?.facts).toMatchObject({ name: 'Пётр', disposition: 'answered', lineLabel: 'Office' });
  });
});
