import { describe, expect, test } from 'vitest';
import { agentTone } from '#test/support/agent-under-test.ts';
import { canMakeNamespaces, LossyNetwork } from '#test/support/network-namespace.ts';
import { Office, tones } from '#test/support/office.ts';
import { openStage } from '#test/support/stage.ts';

/** ms; timers A and E double up to 4 s, so that even a request that is lost four times arrives within this. */
const patience = 35_000;

async function lossyOffice() {
  const stage = openStage();
  const network = await stage.enter(new LossyNetwork(20));
  const office = await Office.open(stage, { hosts: network });
  const agent = await office.agent();
  const lineId = await agent.addLine(office.account(), 'first-secret');
  await agent.lineIs(lineId, 'registered', patience);
  return { network, office, agent };
}

describe.skipIf(!canMakeNamespaces())('with every fifth datagram lost, each way, over UDP', () => {
  test('calls from the agent come about, are heard and end', { timeout: 180_000 }, async () => {
    const { network, office, agent } = await lossyOffice();
    const colleague = await office.colleague({ answermode: 'auto' });
    // Chance may lose few of the datagrams of four quick calls: then there are more, until it is sure that the wire loses.
    const lost = () => Math.min(network.dropped(network.near), network.dropped(network.far));
    for (let round = 0; round < 4 || (lost() <= 10 && round < 12); round++) {
      const since = colleague.events.length;
      const callId = await agent.place('1002');
      await agent.callIs(callId, 'connected', patience);
      await colleague.event('CALL_ESTABLISHED', { since, timeout: patience });
      await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
      await agent.client.call('calls.hangUp', { callId });
      await colleague.event('CALL_CLOSED', { since, timeout: patience });
      expect(await agent.record(round, patience)).toMatchObject({ disposition: 'answered' });
    }
    expect(lost()).toBeGreaterThan(10);
  });

  test('calls to the agent ring, are answered, are heard and end', { timeout: 180_000 }, async () => {
    const { office, agent } = await lossyOffice();
    const colleague = await office.colleague();
    const known: string[] = [];
    for (let round = 0; round < 4; round++) {
      const since = colleague.events.length;
      await colleague.dial(office.uri('1001'));
      const { id: callId } = await agent.incoming(known, patience);
      known.push(callId);
      await agent.client.call('calls.answer', { callId });
      await agent.callIs(callId, 'connected', patience);
      await colleague.event('CALL_ESTABLISHED', { since, timeout: patience });
      await Promise.all([agent.hears(callId, tones['1002']), colleague.hears(agentTone)]);
      await agent.client.call('calls.sendDigits', { callId, digits: '42' });
      await expect.poll(() => colleague.digits, { timeout: 10_000 }).toContain('42');
      await colleague.hangUp();
      expect(await agent.record(round, patience)).toMatchObject({ disposition: 'answered', direction: 'incoming' });
    }
  });
});
