import { describe, expect, test } from 'vitest';
import type { CodecName } from '#core/media/index.ts';
import type { BaresipPeer } from '#test/support/baresip-peer.ts';
import { openStage } from '#test/support/stage.ts';
import { isTone, soundLevel } from '#test/support/tone.ts';
import { until } from '#test/support/until.ts';
import { openPbx, phone } from './pbx-stage.ts';

describe('baresip on Offhook’s PBX', () => {
  test('hears its own tone from the echo service', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const first = await stage.enter(phone(stage, pbx, '101', { tone: 700 }));
    await first.registered();
    await first.dial(`sip:600@${pbx.at('udp')}`);
    await first.event('CALL_ESTABLISHED');
    await first.hears(700);
    await first.hangUp();
    await expect.poll(() => pbx.running.records.recent(1)[0]).toMatchObject({ caller: '101', dialled: '600', disposition: 'answered', endedBy: 'caller', codec: 'PCMA' });
  });

  test.for([
    ['udp', 'udp', 'PCMA', {}],
    ['udp', 'tcp', 'PCMU', {}],
    ['tcp', 'tls', 'G722', {}],
    ['udp', 'udp', 'opus', {}],
    ['tls', 'tls', 'PCMA', { mediaenc: 'srtp-mand' }],
  ] as ['udp' | 'tcp' | 'tls', 'udp' | 'tcp' | 'tls', CodecName, Record<string, string>][])(
    'calls another extension: %s to %s, %s, %o',
    async ([from, to, codec, parameters]) => {
      const stage = openStage();
      const pbx = await openPbx(stage);
      const first = await stage.enter(phone(stage, pbx, '101', { transport: from, codec, tone: 440, parameters }));
      const second = await stage.enter(phone(stage, pbx, '102', { transport: to, codec, tone: 600, parameters: { ...parameters, answermode: 'auto' } }));
      await Promise.all([first.registered(), second.registered()]);
      await first.dial(`sip:102@${pbx.at(from)}`);
      await Promise.all([first.event('CALL_ESTABLISHED'), second.event('CALL_ESTABLISHED')]);
      await Promise.all([first.hears(600), second.hears(440)]);
      await first.sendDigits('12#');
      await expect.poll(() => second.digits).toBe('12#');
      await second.hangUp();
      await first.event('CALL_CLOSED');
      await expect.poll(() => pbx.running.records.recent(1)[0]).toMatchObject({
        caller: '101',
        answeredBy: '102',
        disposition: 'answered',
        endedBy: 'callee',
        legs: [{ extension: '102', protocol: to, status: 200 }],
      });
    },
  );

  test('hears music while it is held, and the other one again after', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const first = await stage.enter(phone(stage, pbx, '101', { tone: 440 }));
    const second = await stage.enter(phone(stage, pbx, '102', { tone: 600, parameters: { answermode: 'auto' } }));
    await Promise.all([first.registered(), second.registered()]);
    await first.dial(`sip:102@${pbx.at('udp')}`);
    await Promise.all([first.hears(600), second.hears(440)]);
    for (const [holder, held] of [
      [first, second],
      [second, first],
    ] as const) {
      await holder.hold();
      // A held baresip does not record what it hears, but its own figures say that a full stream still arrives.
      await until('music arrives', () => /audio=0\/6\d{4} \(bit\/s\)\s*$/.test(held.trace));
      await holder.resume();
      await Promise.all([first.hears(600), second.hears(440)]);
    }
  });

  test('rings with its group, and stops when a colleague answers', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const first = await stage.enter(phone(stage, pbx, '101', { tone: 440 }));
    const second = await stage.enter(phone(stage, pbx, '102', { tone: 600, transport: 'tcp' }));
    const third = await stage.enter(phone(stage, pbx, '103', { tone: 900 }));
    await Promise.all([first.registered(), second.registered(), third.registered()]);
    await first.dial(`sip:200@${pbx.at('udp')}`);
    await Promise.all([second.event('CALL_INCOMING'), third.event('CALL_INCOMING')]);
    await first.event('CALL_RINGING');
    await second.accept();
    await third.event('CALL_CLOSED');
    expect(third.trace).toContain('Reason: SIP;cause=200;text="Call completed elsewhere"');
    await Promise.all([first.hears(600), second.hears(440)]);
  });

  test('finds its way through the menu with digits', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const first = await stage.enter(phone(stage, pbx, '101', { tone: 700 }));
    await first.registered();
    await first.dial(`sip:700@${pbx.at('udp')}`);
    await first.event('CALL_ESTABLISHED');
    await hearsMusic(first, 700);
    await first.sendDigits('3');
    await hearsMusic(first, 700);
    await first.sendDigits('*2');
    await first.hears(700);
    await first.sendDigits('*0');
    await first.event('CALL_CLOSED');
    await expect.poll(() => pbx.running.records.recent(1)[0]).toMatchObject({ answeredBy: 'menu', endedBy: 'exchange' });
  });

  test('is told of a wrong password, of a number that nobody has, of busy and of declined', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const stranger = await stage.enter(phone(stage, pbx, '103', { parameters: { auth_pass: 'wrong' } }));
    await stranger.refused(403);
    const first = await stage.enter(phone(stage, pbx, '101'));
    const second = await stage.enter(phone(stage, pbx, '102'));
    await Promise.all([first.registered(), second.registered()]);
    await first.dial(`sip:999@${pbx.at('udp')}`);
    await first.event('CALL_CLOSED', { param: /404/ });
    await first.dial(`sip:103@${pbx.at('udp')}`);
    await first.event('CALL_CLOSED', { param: /480/ });
    await first.dial(`sip:102@${pbx.at('udp')}`);
    await second.event('CALL_INCOMING');
    await second.hangUp();
    await first.event('CALL_CLOSED', { param: /486|603/ });
    await expect.poll(() => pbx.running.records.recent(3).map(({ disposition }) => disposition)).toHaveLength(3);
    await pbx.running.records.flush();
    expect(pbx.recordLines).toHaveLength(3);
  });
});

/** Something loud that is not the tone which the phone itself speaks. */
async function hearsMusic(phone: BaresipPeer, own: number): Promise<void> {
  await until('music is heard', () => {
    const sound = phone.heard(400);
    return sound !== null && soundLevel(sound.samples) > -45 && !isTone(sound.samples, sound.rate, own) && !isTone(sound.samples, sound.rate, own === 440 ? 600 : 440);
  });
}
