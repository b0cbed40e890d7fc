import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { openDesk } from './call-desk.test-support.ts';
import { answerCall, declineCall, hangUpCall, holdCall, placeCall, sendDigits, unholdCall } from './index.ts';

describe('placing a call', () => {
  it('sends the INVITE in the same turn, before anything is awaited', async () => {
    const { services, userAgents } = await openDesk();
    placeCall(services, '8 (495) 123-45-67', null);
    expect(userAgents[0]!.sessions[0]!.target).toBe('+74951234567');
  });

  it('holds the call that is up and gates its audio at once', async () => {
    const { services, userAgents, media } = await openDesk();
    const first = placeCall(services, '202', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    placeCall(services, '203', null);
    expect(first.callState).toBe('onHold');
    expect(media.legs[0]!.held).toBe(true);
    expect(userAgents[0]!.sessions[0]!.log).toContain('reoffer');
  });

  it('sends an extension as digits a moment after the answer, and once only', async () => {
    const { services, userAgents, media, clock } = await openDesk();
    const call = placeCall(services, '8 (495) 123-45-67 доб. 12', null);
    expect(call.snapshot().pendingDigits).toBe('12');
    expect(userAgents[0]!.sessions[0]!.target).toBe('+74951234567');
    userAgents[0]!.sessions[0]!.answered.fire();
    clock.advance(1_200);
    clock.advance(10_000);
    expect(media.legs[0]!.sentDigits).toEqual(['12']);
    expect(call.snapshot()).toMatchObject({ pendingDigits: null, sentDigits: '12' });
  });

  it('sends no extension to someone who hung up first', async () => {
    const { services, userAgents, media, clock } = await openDesk();
    placeCall(services, '+74951234567,12', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    userAgents[0]!.sessions[0]!.finish({});
    clock.advance(5_000);
    expect(media.legs[0]!.sentDigits).toEqual([]);
  });

  it.each(['112', '101', '102', '103'])('dials the emergency number %s unaltered on any registered line', async (number) => {
    const { services, userAgents, settings, lines } = await openDesk();
    Object.assign(settings, { dialOutPrefix: '9', areaCode: '495', internalMaxDigits: 0 });
    userAgents[0]!.become('unreachable');
    const call = placeCall(services, number, lines.snapshots()[0]!.id);
    expect(call.emergency).toBe(true);
    expect(userAgents[1]!.sessions[0]!.target).toBe(number);
  });

  it('takes a registered line when the default one is down', async () => {
    const { services, userAgents } = await openDesk();
    userAgents[0]!.become('unreachable');
    placeCall(services, '+79161234567', null);
    expect(userAgents[1]!.sessions).toHaveLength(1);
  });

  it('says that there is no line when there is none', async () => {
    const { services } = await openDesk({ accounts: [] });
    expect(() => placeCall(services, '+79161234567', null)).toThrow('line.none');
  });
});

describe('a call that comes in', () => {
  it('rings at once and leaves a record before anyone answers', async () => {
    const { userAgents, calls, records } = await openDesk();
    const session = userAgents[0]!.receive({ user: '89161234567', displayName: 'Ольга' });
    expect(session.log).toEqual(['ring']);
    expect(calls.snapshots()[0]).toMatchObject({
      state: 'offering',
      remote: { number: '+79161234567', display: '+7 916 123-45-67', name: 'Ольга' },
    });
    expect(await records()).toMatchObject([{ direction: 'incoming', endedAt: null, disposition: null }]);
  });

  it('is answered while the one that is up goes on hold', async () => {
    const { services, userAgents, calls } = await openDesk();
    placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    userAgents[0]!.receive({ user: '104' });
    await answerCall(services, calls.live()[1]!);
    expect(calls.snapshots().map((call) => call.state)).toEqual(['onHold', 'connected']);
  });

  it('is recorded as missed when the caller gives up, not when a colleague took it', async () => {
    const { userAgents, records } = await openDesk();
    userAgents[0]!.receive({ user: '104' }).finish({ status: 487 });
    userAgents[0]!.receive({ user: '105' }).finish({ status: 487, completedElsewhere: true });
    expect((await records()).map((record) => record.disposition).sort()).toEqual(['answered-elsewhere', 'missed']);
  });

  it('is refused with 603 or 486 as the user wishes', async () => {
    const { userAgents, calls } = await openDesk();
    const declined = userAgents[0]!.receive({ user: '104' });
    declineCall(calls.live()[0]!, 'decline');
    const busy = userAgents[0]!.receive({ user: '104' });
    declineCall(calls.live()[0]!, 'busy');
    expect([declined.log.at(-1), busy.log.at(-1)]).toEqual(['reject 603', 'reject 486']);
  });

  it('of a withheld number shows neither number nor name', async () => {
    const { userAgents, calls } = await openDesk();
    userAgents[0]!.receive({ user: 'anonymous', displayName: 'Anonymous', withheld: true });
    expect(calls.snapshots()[0]!.remote).toMatchObject({ number: null, name: null, display: '', withheld: true });
  });

  it('shows where it was diverted from', async () => {
    const { userAgents, calls } = await openDesk();
    userAgents[0]!.receive({ user: '104', diversion: { user: '84951234567', displayName: null, reason: 'no-answer' } });
    expect(calls.snapshots()[0]!.remote.diversion).toEqual({ display: '+7 495 123-45-67', reason: 'no-answer' });
  });

  it('cannot disguise itself by control and direction characters in its name', async () => {
    const { userAgents, calls } = await openDesk();
    userAgents[0]!.receive({ user: '104', displayName: 'Банк\u202e\r\nX: y\u0000' });
    expect(calls.snapshots()[0]!.remote.name).toBe('Банк X: y');
  });

  it('beyond what a desk can hold gets a busy tone, and a record all the same', async () => {
    const { userAgents, records } = await openDesk();
    for (let n = 0; n < 8; n += 1) userAgents[0]!.receive({ user: `10${n}` });
    expect(userAgents[0]!.receive({ user: '120' }).log).toEqual(['reject 486']);
    expect(await records()).toHaveLength(9);
  });
});

describe('a call that is up', () => {
  it('is taken back from hold while the other one goes on hold', async () => {
    const { services, userAgents, calls } = await openDesk();
    const first = placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    placeCall(services, '104', null);
    userAgents[0]!.sessions[1]!.answered.fire();
    await unholdCall(services, first);
    expect(calls.snapshots().map((call) => call.state)).toEqual(['connected', 'onHold']);
  });

  it('stays on hold, and says so, when the far end does not take it back', async () => {
    const { services, userAgents, media } = await openDesk();
    const call = placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    holdCall(services, call);
    userAgents[0]!.sessions[0]!.reoffer = () => Promise.reject(new OffhookError('call.media-not-acceptable'));
    await expect(unholdCall(services, call)).rejects.toThrow('call.media-not-acceptable');
    expect(call.callState).toBe('onHold');
    expect(media.legs[0]!.held).toBe(true);
  });

  it('cannot be held before it is answered', async () => {
    const { services } = await openDesk();
    const call = placeCall(services, '203', null);
    expect(() => holdCall(services, call)).toThrow('call.not-possible-now');
  });

  it('knows that the far end holds it from the direction that was negotiated', async () => {
    const { services, userAgents, media } = await openDesk();
    const call = placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    media.legs[0]!.negotiated.fire({ codec: 'PCMA', encrypted: false, direction: 'recvonly' });
    expect(call.snapshot()).toMatchObject({ heldByThem: true, codec: 'PCMA' });
    media.legs[0]!.negotiated.fire({ codec: 'PCMA', encrypted: false, direction: 'sendrecv' });
    expect(call.snapshot().heldByThem).toBe(false);
  });

  it('sends digits by INFO where the far end takes no telephone-event', async () => {
    const { services, userAgents, media } = await openDesk();
    const call = placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    media.legs[0]!.takesDigits = false;
    await sendDigits(services, call, '1,2#');
    expect(userAgents[0]!.sessions[0]!.log).toContain('info 12#');
  });

  it('ends with its reason when its media is beyond repair', async () => {
    const { services, userAgents, media, records } = await openDesk();
    const call = placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    media.legs[0]!.failed.fire({ code: 'call.media-lost', values: {}, detail: null });
    expect(call.snapshot()).toMatchObject({
      state: 'disconnected',
      ending: { disposition: 'answered', by: 'network', error: { code: 'call.media-lost' } },
    });
    expect((await records())[0]!.endedAt).not.toBeNull();
  });
});

describe('one mouth', () => {
  const states = (calls: { snapshots(): { state: string }[] }) => calls.snapshots().map((call) => call.state);

  it('speaks with the call placed last, whichever of two answers first', async () => {
    for (const order of [[0, 1], [1, 0]]) {
      const { services, userAgents, calls } = await openDesk();
      placeCall(services, '203', null);
      placeCall(services, '204', null);
      for (const index of order) userAgents[0]!.sessions[index]!.answered.fire();
      expect(states(calls)).toEqual(['onHold', 'connected']);
    }
  });

  it('goes on with the caller it answered when an earlier call of ours is answered after all', async () => {
    const { services, userAgents, calls } = await openDesk();
    placeCall(services, '203', null);
    userAgents[0]!.receive({ user: '204' });
    await answerCall(services, calls.live()[1]!);
    userAgents[0]!.sessions[0]!.answered.fire();
    expect(states(calls)).toEqual(['onHold', 'connected']);
  });

  it('keeps the call that is up when the caller gives up while being answered', async () => {
    const { services, userAgents, calls } = await openDesk();
    placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    const gone = userAgents[0]!.receive({ user: '204' });
    gone.answer = async () => gone.finish({ status: 487 });
    await answerCall(services, calls.live()[1]!);
    expect(states(calls)).toEqual(['connected', 'disconnected']);
  });
});

describe('an emergency call', () => {
  const accounts = [
    { user: '201', domain: 'demo.example', id: 'demo' },
    { user: '102', domain: 'provider.example' },
    { user: '103', domain: 'second.example' },
  ];

  it('leaves the built-in exchange for last', async () => {
    const { services, userAgents } = await openDesk({ accounts });
    placeCall(services, '112', 'demo');
    expect(userAgents.map((userAgent) => userAgent.sessions.length)).toEqual([0, 1, 0]);
  });

  it('goes over the next line when one cannot take it, and leaves a record of each attempt', async () => {
    const { services, userAgents, records } = await openDesk({ accounts });
    placeCall(services, '112', null);
    userAgents[1]!.sessions[0]!.finish({ status: 404, error: { code: 'call.not-found', values: {}, detail: null } });
    expect(userAgents[2]!.sessions[0]!.target).toBe('112');
    userAgents[2]!.sessions[0]!.finish({ status: 503, error: { code: 'call.server-failed', values: {}, detail: null } });
    expect(userAgents[0]!.sessions).toHaveLength(1);
    expect(await records()).toHaveLength(3);
  });

  it('is not placed again when the user hangs up', async () => {
    const { services, userAgents } = await openDesk({ accounts });
    hangUpCall(services, placeCall(services, '112', null));
    expect(userAgents[2]!.sessions).toHaveLength(0);
  });
});

describe('the end of a call', () => {
  it('leaves no timer behind when the phone stops', async () => {
    const { services, userAgents, calls, clock } = await openDesk();
    placeCall(services, '+74951234567,12', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    userAgents[0]!.sessions[0]!.finish({});
    placeCall(services, '203', null);
    userAgents[0]!.sessions[1]!.finish({ status: 486 });
    calls.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('stays on the screen long enough to read why, then goes', async () => {
    const { services, userAgents, calls, clock } = await openDesk();
    placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.finish({ status: 404, error: { code: 'call.not-found', values: {}, detail: null } });
    clock.advance(3_500);
    expect(calls.snapshots()).toHaveLength(1);
    clock.advance(20_000);
    expect(calls.snapshots()).toHaveLength(0);
  });

  it('lets a busy tone sound until the user hangs up', async () => {
    const { services, userAgents, calls } = await openDesk();
    const call = placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.finish({ status: 486, reason: 'Busy Here' });
    expect(call.callState).toBe('busy');
    hangUpCall(services, call);
    expect(calls.snapshots()).toHaveLength(0);
  });

  it('is never before its beginning, even if the clock was set back', async () => {
    const { services, userAgents, records, clock } = await openDesk();
    placeCall(services, '203', null);
    userAgents[0]!.sessions[0]!.answered.fire();
    clock.setBack(3_600_000);
    userAgents[0]!.sessions[0]!.finish({});
    const [record] = await records();
    expect(record!.endedAt!).toBeGreaterThanOrEqual(record!.answeredAt!);
  });

  it('leaves one record with who, when, how it ended and the SIP reason', async () => {
    const { services, userAgents, records } = await openDesk();
    placeCall(services, '8 495 123-45-67 доб. 7', null);
    userAgents[0]!.sessions[0]!.finish({ status: 503, reason: 'Service Unavailable' });
    expect(await records()).toMatchObject([
      {
        number: '+74951234567',
        extension: '7',
        disposition: 'failed',
        sipStatus: 503,
        sipReason: 'Service Unavailable',
        sipCallId: 'call-0',
        lineLabel: '101',
      },
    ]);
  });
});
