import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { openDesk } from './call-desk.test-support.ts';
import { holdCall, placeCall, transferCall } from './index.ts';

async function talking() {
  const desk = await openDesk();
  const call = placeCall(desk.services, '202', null);
  const session = desk.userAgents[0]!.sessions[0]!;
  session.answered.fire();
  return { ...desk, call, session };
}

describe('giving a call away', () => {
  it('holds the far end, sends it to the number by the rules of dialling, and is over then', async () => {
    const { services, call, session, records, media } = await talking();
    const { promise, resolve } = Promise.withResolvers<void>();
    session.transferred = promise;
    const given = transferCall(services, call, '8 (495) 123-45-67');
    expect([call.callState, media.legs[0]!.held]).toEqual(['onHoldPendingTransfer', true]);
    resolve();
    await given;
    expect(session.log).toEqual(['reoffer', 'transfer +74951234567', 'end']);
    expect(call.callState).toBe('disconnected');
    const [record] = await records();
    expect(record).toMatchObject({ disposition: 'answered', number: '202' });
    expect(record!.legs.map(({ kind, number }) => [kind, number])).toEqual([
      ['call', '202'],
      ['transfer', '+74951234567'],
    ]);
  });

  it('takes the call back when the number is not reached, and says why', async () => {
    const { services, call, session, media, records } = await talking();
    session.transferred = Promise.reject(new OffhookError('call.busy'));
    await expect(transferCall(services, call, '203')).rejects.toThrow('call.busy');
    expect([call.callState, media.legs[0]!.held]).toEqual(['connected', false]);
    expect(session.log).toEqual(['reoffer', 'transfer 203', 'reoffer']);
    session.finish({});
    expect((await records())[0]!.legs).toEqual([]);
  });

  it('leaves a held call on hold when the number is not reached', async () => {
    const { services, call, session } = await talking();
    holdCall(services, call);
    session.transferred = Promise.reject(new OffhookError('call.not-supported'));
    await expect(transferCall(services, call, '203')).rejects.toThrow('call.not-supported');
    expect(call.callState).toBe('onHold');
  });

  it('does not take it back into another call that has come up meanwhile', async () => {
    const { services, call, session, userAgents } = await talking();
    const { promise, reject } = Promise.withResolvers<void>();
    session.transferred = promise;
    const given = transferCall(services, call, '203');
    placeCall(services, '204', null);
    userAgents[0]!.sessions[1]!.answered.fire();
    reject(new OffhookError('call.no-answer'));
    await expect(given).rejects.toThrow('call.no-answer');
    expect(call.callState).toBe('onHold');
  });

  it('is refused before the answer, after the end, for what is no number, and for an extension behind a number', async () => {
    const { services, call, session, userAgents } = await talking();
    await expect(transferCall(services, call, 'склад')).rejects.toThrow('number.unreadable');
    await expect(transferCall(services, call, '+7 495 123-45-67 доб. 12')).rejects.toThrow('call.not-supported');
    expect(call.callState).toBe('connected');
    const ringing = placeCall(services, '205', null);
    await expect(transferCall(services, ringing, '203')).rejects.toThrow('call.not-possible-now');
    session.finish({});
    await expect(transferCall(services, call, '203')).rejects.toThrow('call.not-possible-now');
    expect(userAgents[0]!.sessions.flatMap(({ log }) => log)).not.toContain('transfer 203');
  });
});
