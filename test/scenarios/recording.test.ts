import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AgentUnderTest, agentTone } from '#test/support/agent-under-test.ts';
import { openStage, type Stage } from '#test/support/stage.ts';
import { openPbx } from './pbx-stage.ts';

/** Runs a program with a file system of its own, 3 MiB large, at the path that comes first. */
const smallDisk = [
  'unshare',
  '--user',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  'mount -t tmpfs -o size=3m tmpfs "$0" && exec "$@"',
];
const canMount = spawnSync(smallDisk[0]!, [...smallDisk.slice(1), '/mnt', 'true']).status === 0;
const piece = Buffer.alloc(96 * 1024, 7).toString('base64');
const pieceBytes = 96 * 1024;
const peaks = Buffer.from([9, 9]).toString('base64');

interface Talking {
  agent: AgentUnderTest;
  callId: string;
}

/** An agent in a call with the echo. */
async function talk(stage: Stage, folder: string, launcher: (data: string) => string[]): Promise<Talking> {
  const pbx = await openPbx(stage);
  const directory = stage.folder(folder);
  mkdirSync(path.join(directory, 'data'), { recursive: true });
  const agent = await stage.enter(new AgentUnderTest({ directory, launcher: launcher(path.join(directory, 'data')) }));
  const [domain = '', port] = pbx.at('udp').split(':');
  await agent.registeredLine({ user: '101', domain, serverPort: Number(port) }, pbx.passwords.get('101') ?? '');
  const callId = await agent.place('600');
  await agent.callIs(callId, 'connected');
  return { agent, callId };
}

async function fill({ agent }: Talking, recordingId: string, pieces: number): Promise<void> {
  for (let at = 0; at < pieces; at += 1)
    await agent.client.call('recordings.append', { recordingId, offset: at * pieceBytes, chunk: piece, peaks });
}

describe('a recording that the agent writes', () => {
  test.skipIf(!canMount)('stays as far as it came when the disk is full, and the call goes on', async () => {
    const stage = openStage();
    const talking = await talk(stage, 'full', (data) => [...smallDisk, data]);
    const { agent, callId } = talking;
    const { recordingId } = await agent.client.call('recordings.start', { callId });
    await expect(fill(talking, recordingId, 40)).rejects.toMatchObject({ code: 'recording.disk-full' });
    const [recording] = await agent.client.call('recordings.list', { callId });
    expect(recording).toMatchObject({ id: recordingId, state: 'complete' });
    expect(recording!.bytes).toBeGreaterThan(pieceBytes * 5);
    const { chunk } = await agent.client.call('recordings.read', { recordingId, offset: 0 });
    expect(
      Buffer.from(chunk, 'base64')
        .subarray(0, pieceBytes)
        .every((byte) => byte === 7),
    ).toBe(true);
    expect(agent.call(callId).state).toBe('connected');
    await agent.hears(callId, agentTone);
    // Where no further recording can begin, the call does not notice either.
    const again = agent.client
      .call('recordings.start', { callId })
      .then(({ recordingId: next }) => fill(talking, next, 40));
    await expect(again).rejects.toMatchObject({ code: 'recording.disk-full' });
    await agent.hears(callId, agentTone);
    await agent.client.call('recordings.remove', { recordingId });
    await agent.client.call('calls.hangUp', { callId });
    expect(await agent.record()).toMatchObject({ id: callId, disposition: 'answered' });
  });

  test('is there after the agent was killed in the middle of it', async () => {
    const stage = openStage();
    const talking = await talk(stage, 'killed', () => []);
    const { agent, callId } = talking;
    const { recordingId } = await agent.client.call('recordings.start', { callId });
    await fill(talking, recordingId, 3);
    await agent.kill();
    await agent.start();
    const list = () => agent.client.call('recordings.list', { callId });
    expect(await list()).toMatchObject([{ id: recordingId, state: 'complete', bytes: 3 * pieceBytes }]);
    const late = agent.client.call('recordings.append', { recordingId, offset: 3 * pieceBytes, chunk: piece, peaks });
    await expect(late).rejects.toMatchObject({ code: 'recording.unknown' });
    expect((await list())[0]!.bytes).toBe(3 * pieceBytes);
  });

  test.each([
    ['of a call that is not there', { callId: 'nobody' }, 'call.unknown'],
    ['of no call at all', { callId: '' }, 'bridge.invalid-arguments'],
  ])('is refused: %s', async (_what, args, code) => {
    const stage = openStage();
    const agent = await stage.enter(new AgentUnderTest({ directory: stage.folder('alone') }));
    await expect(agent.client.call('recordings.start', args)).rejects.toMatchObject({ code });
  });
});
