import { describe, expect, test } from 'vitest';
import type { CodecName } from '#core/media/index.ts';
import { openStage } from '#test/support/stage.ts';
import { openPbx, phone } from './pbx-stage.ts';

describe('baresip on Offhook’s PBX', () => {
  test('hears its own tone from the echo service', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const first = await stage.enter(phone(stage, pbx, '101', { tone: 700 }));
    await first.registered(4000).catch((e) => { console.log(first.trace); throw e; });
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
});
