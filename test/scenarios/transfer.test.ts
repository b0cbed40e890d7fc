import { describe, expect, test } from 'vitest';
import { AgentUnderTest, agentTone } from '#test/support/agent-under-test.ts';
import { Office, tones } from '#test/support/office.ts';
import { openStage } from '#test/support/stage.ts';
import { until } from '#test/support/until.ts';
import { openPbx, phone } from './pbx-stage.ts';

describe('a call that is given away', () => {
  test('by baresip through Offhook’s PBX goes on between the other two', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const first = await stage.enter(phone(stage, pbx, '101', { tone: 440 }));
    const second = await stage.enter(phone(stage, pbx, '102', { tone: 600, parameters: { answermode: 'auto' } }));
    const third = await stage.enter(
      phone(stage, pbx, '103', { tone: 900, transport: 'tcp', parameters: { answermode: 'auto' } }),
    );
    await Promise.all([first.registered(), second.registered(), third.registered()]);
    await first.dial(`sip:102@${pbx.at('udp')}`);
    await Promise.all([first.hears(600), second.hears(440)]);
    await second.command('transfer', `sip:103@${pbx.at('udp')}`);
    await third.event('CALL_ESTABLISHED');
    await second.event('CALL_CLOSED');
    await Promise.all([first.hears(900), third.hears(440)]);
  });

  test('by Offhook through its PBX, to a baresip that answers, and back to Offhook from one that is busy', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent') }));
    const second = await stage.enter(phone(stage, pbx, '102', { tone: 600, parameters: { answermode: 'auto' } }));
    const third = await stage.enter(phone(stage, pbx, '103', { tone: 900 }));
    await Promise.all([second.registered(), third.registered()]);
    const { sipHost: domain, udpPort: serverPort } = pbx.running.addresses;
    await agent.registeredLine({ user: '101', domain, serverPort }, pbx.passwords.get('101')!);
    const callId = await agent.place('102');
    await Promise.all([agent.hears(callId, 600), second.hears(agentTone)]);

    const refused = agent.client.call('calls.transfer', { callId, text: '103' }).catch((error: unknown) => error);
    await third.event('CALL_INCOMING');
    await third.hangUp();
    expect(await refused).toMatchObject({ code: expect.stringMatching(/^call\.(busy|declined)$/) });
    await agent.callIs(callId, 'connected');
    await Promise.all([agent.hears(callId, 600), second.hears(agentTone)]);

    const given = agent.client.call('calls.transfer', { callId, text: '103' });
    await third.event('CALL_INCOMING', { since: third.events.length });
    await third.accept();
    await given;
    await third.hears(600);
    // A baresip that was held for less than a second records no more, but its own figures say that sound comes in.
    const arrives = /audio=6\d{4}\/6\d{4} \(bit\/s\)\s*$/;
    await until('the other one is heard', () => arrives.test(second.trace));
    expect(await agent.record()).toMatchObject({
      number: '102',
      disposition: 'answered',
      legs: [
        { kind: 'call', number: '102' },
        { kind: 'transfer', number: '103' },
      ],
    });
  });

  test('by Offhook to a baresip that makes the transfer itself, behind Kamailio', async () => {
    const office = await Office.open(openStage());
    const [{ agent }, second, third] = await Promise.all([
      office.registeredAgent(),
      office.colleague({ answermode: 'auto' }),
      office.colleague({ answermode: 'auto', user: '1003' }),
    ]);
    const callId = await agent.place('1002');
    await Promise.all([agent.hears(callId, tones['1002']), second.hears(agentTone)]);
    await agent.client.call('calls.transfer', { callId, text: '1003' });
    await third.event('CALL_ESTABLISHED');
    await third.hears(tones['1002']);
  });
});
