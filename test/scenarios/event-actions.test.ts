import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AgentUnderTest, agentTone } from '#test/support/agent-under-test.ts';
import { BaresipPeer } from '#test/support/baresip-peer.ts';
import { openStage } from '#test/support/stage.ts';
import { until } from '#test/support/until.ts';

test('a program is run at each moment of a real call, with its arguments as they are', async () => {
  const stage = openStage();
  const directory = stage.folder('baresip');
  const peer = await stage.enter(
    new BaresipPeer({
      directory,
      address: 'sip:1002@127.0.0.1;transport=udp',
      parameters: { answermode: 'auto' },
      tone: 600,
    }),
  );
  const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('agent') }));
  const line = { user: '1001', domain: '127.0.0.1', serverPort: peer.sipPort, transport: 'udp', media: 'rtp' } as const;
  const lineId = await agent.addLine(line, '');
  await agent.lineIs(lineId, 'unreachable');

  const folder = stage.folder('program');
  const script = path.join(folder, 'note.cjs');
  const told = path.join(folder, 'told.txt');
  writeFileSync(
    script,
    `require('node:fs').appendFileSync(process.argv[2], JSON.stringify(process.argv.slice(3)) + '\\n')`,
  );
  const task = {
    ...({ kind: 'program', program: process.execPath } as const),
    arguments: [script, told, '{event}', '{number} $(id) "', '{disposition}'],
  };
  const events: ('ring' | 'answer' | 'end')[] = ['ring', 'answer', 'end'];
  const action = {
    ...{ id: null, label: 'Отметка', enabled: true, events, internal: true, lineId },
    direction: 'outgoing',
    task,
  } as const;
  await agent.client.call('eventActions.save', { action, secret: null });

  const callId = await agent.place('1002');
  await agent.callIs(callId, 'connected');
  await peer.hears(agentTone);
  await peer.hangUp();
  await agent.record();
  const lines = () => (existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n') : []);
  await until('three runs', () => lines().length === 3);
  expect(
    lines()
      .map((text) => JSON.parse(text) as string[])
      .toSorted(),
  ).toEqual([
    ['answer', '1002 $(id) "', ''],
    ['end', '1002 $(id) "', 'answered'],
    ['ring', '1002 $(id) "', ''],
  ]);
  await until('three runs are remembered', async () => (await agent.client.call('eventActions.runs', {})).length === 3);
  expect((await agent.client.call('eventActions.runs', {})).every(({ error }) => error === null)).toBe(true);
});
