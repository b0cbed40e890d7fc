import { expect, test } from 'vitest';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { openStage } from '#test/support/stage.ts';
import { openPbx } from './pbx-stage.ts';

const crm = { id: '/opt/crm/crm', name: 'CRM' };
const browser = { id: '/usr/lib/firefox/firefox', name: 'Firefox' };

test('a link is asked for, then dialled with its extension, and dials at once after a restart once its program is trusted', async () => {
  const stage = openStage();
  const pbx = await openPbx(stage);
  const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent') }));
  const [domain, port] = pbx.at('udp').split(':');
  await agent.registeredLine({ user: '101', domain: domain!, serverPort: Number(port) }, pbx.passwords.get('101')!);
  const open = (text: string, origin: typeof crm) =>
    agent.client.call('dialRequests.open', { source: 'link', text, origin });

  // The echo.
  const { requestId, callId: none } = await open('tel:600;ext=12', crm);
  expect(none).toBeNull();
  const { requests } = agent.client.all('dialRequests.changed').at(-1)!;
  expect(requests[0]).toMatchObject({
    id: requestId,
    canTrust: true,
    candidates: [{ text: '600,12', extension: '12' }],
  });
  const { callId } = await agent.client.call('dialRequests.dial', { requestId: requestId!, index: 0, trust: true });
  await agent.callIs(callId, (call) => call.state === 'connected' && call.sentDigits === '12');
  expect(agent.client.all('dialRequests.changed').at(-1)!.requests).toEqual([]);
  await agent.client.call('calls.hangUp', { callId });
  await agent.record();

  await agent.stop();
  await agent.start();
  await agent.client.when('a line', () =>
    agent.client.lines.find(({ registration }) => registration.state === 'registered'),
  );
  expect(await agent.client.call('dialRequests.trusted', {})).toEqual([crm]);
  const second = await open('tel:600', crm);
  await agent.callIs(second.callId!, 'connected');
  await agent.client.call('calls.hangUp', { callId: second.callId! });

  // A page makes nothing happen by itself, whatever it asks for.
  for (const link of ['tel:600', 'tel:112', 'tel:+8816123456789', 'tel:*21*600%23'])
    expect((await open(link, browser)).callId).toBeNull();
  await expect(open('tel:600%0d%0aRoute:%20x', browser)).rejects.toMatchObject({ code: 'dial.refused-unreadable' });
  expect(agent.client.calls.filter(({ state }) => state !== 'disconnected')).toEqual([]);
});
