import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { toneAlaw } from '#test/support/alaw.ts';
import { Office } from '#test/support/office.ts';
import { SippScenario } from '#test/support/sipp-scenario.ts';
import * as sipp from '#test/support/sipp-steps.ts';
import { openStage, type Stage } from '#test/support/stage.ts';

const sippTone = 850;

function toneFile(stage: Stage): string {
  const file = path.join(stage.directory, 'tone.alaw');
  writeFileSync(file, toneAlaw(sippTone, 10));
  return file;
}

async function callee(stage: Stage, steps: string[]) {
  const peer = await stage.enter(new SippScenario({ directory: stage.folder('sipp'), steps }));
  const office = await Office.open(stage, { routes: { '7701': peer.address } });
  return { peer, ...(await office.registeredAgent()) };
}

async function caller(stage: Stage, steps: string[]) {
  const office = await Office.open(stage);
  const registered = await office.registeredAgent();
  const peer = new SippScenario({ directory: stage.folder('sipp'), steps, target: `127.0.0.1:${office.server.port}`, service: '1001' });
  await stage.enter(peer);
  return { peer, ...registered };
}

describe('sessions as other phones and exchanges also make them', () => {
  test('early media is heard before the answer', async () => {
    const stage = openStage();
    const { peer, agent } = await callee(stage, [
      sipp.receive('INVITE'),
      sipp.respond('183 Session Progress', { body: sipp.audioSdp() }),
      sipp.speak(toneFile(stage)),
      sipp.pause(3000),
      sipp.respond('200 OK', { body: sipp.audioSdp() }),
      sipp.receive('ACK'),
      sipp.receive('BYE'),
      sipp.respondInDialog('200 OK'),
    ]);
    const callId = await agent.place('7701');
    await agent.callIs(callId, (call) => call.earlyMedia && call.answeredAt === null);
    await agent.hears(callId, sippTone);
    expect(agent.call(callId).answeredAt).toBeNull();
    await agent.callIs(callId, 'connected');
    await agent.hears(callId, sippTone);
    await agent.client.call('calls.hangUp', { callId });
    await peer.succeeded();
  });

  test('an announcement without an answer is heard, and the call then fails with its reason', async () => {
    const stage = openStage();
    const { peer, agent } = await callee(stage, [
      sipp.receive('INVITE'),
      sipp.respond('183 Session Progress', { body: sipp.audioSdp() }),
      sipp.speak(toneFile(stage)),
      sipp.pause(2000),
      sipp.respond('404 Not Found'),
      sipp.receive('ACK'),
    ]);
    const callId = await agent.place('7701');
    await agent.hears(callId, sippTone);
    expect(await agent.record()).toMatchObject({ disposition: 'failed', sipStatus: 404 });
    await peer.succeeded();
  });

  test('an INVITE without SDP is answered with an offer, and the ACK brings the answer', async () => {
    const stage = openStage();
    const none = 'Content-Length: 0\n';
    const { peer, agent } = await caller(stage, [
      sipp.invite({ body: none }),
      sipp.expect(180),
      sipp.expect(200),
      sipp.ack({ body: sipp.audioSdp() }),
      sipp.speak(toneFile(stage)),
      sipp.receive('BYE'),
      sipp.respondInDialog('200 OK'),
    ]);
    const { id: callId } = await agent.incoming();
    await agent.client.call('calls.answer', { callId });
    await agent.callIs(callId, 'connected');
    await agent.hears(callId, sippTone);
    expect(peer.messages).toMatch(/SIP\/2\.0 200[\s\S]*?m=audio \d+ RTP\/AVP [\d ]*8/);
    await agent.client.call('calls.hangUp', { callId });
    await peer.succeeded();
  });

  test.for([
    ['sendonly', 'a=recvonly'],
    ['inactive', 'a=inactive'],
  ])('a re-INVITE with %s holds us, and one with sendrecv takes us back', async ([direction = '', answered = '']) => {
    const stage = openStage();
    const { peer, agent } = await caller(stage, [
      sipp.invite(),
      sipp.expect(200),
      sipp.ack(),
      sipp.speak(toneFile(stage)),
      sipp.pause(800),
      sipp.inDialog('INVITE', 2, { body: sipp.audioSdp(direction) }),
      sipp.expect(200),
      sipp.ack({ cseq: 2 }),
      sipp.pause(1500),
      sipp.inDialog('INVITE', 3, { body: sipp.audioSdp('sendrecv', 'a=x-again') }),
      sipp.expect(200),
      sipp.ack({ cseq: 3 }),
      sipp.receive('BYE'),
      sipp.respondInDialog('200 OK'),
    ]);
    const { id: callId } = await agent.incoming();
    await agent.client.call('calls.answer', { callId });
    await agent.callIs(callId, (call) => call.heldByThem);
    await agent.callIs(callId, (call) => !call.heldByThem && call.state === 'connected');
    await agent.hears(callId, sippTone);
    expect(peer.messages).toContain(answered);
    await agent.client.call('calls.hangUp', { callId });
    await peer.succeeded();
  });

  test('an offer with nothing that we can speak is refused with 488 and rings nobody', async () => {
    const stage = openStage();
    const body = sipp.audioSdp().replace('RTP/AVP 8 101', 'RTP/AVP 18').replace('a=rtpmap:8 PCMA', 'a=rtpmap:18 G729');
    const { peer, agent } = await caller(stage, [sipp.invite({ body }), sipp.expect(488), sipp.ackRefusal()]);
    expect(await agent.record()).toMatchObject({ disposition: 'failed', sipStatus: 488 });
    expect(peer.messages).not.toContain('180 Ringing');
    await peer.succeeded();
  });

  test('an INVITE over 1,300 bytes goes by TCP on a UDP line (RFC 3261 18.1.1)', async () => {
    const stage = openStage();
    const peer = await stage.enter(
      new SippScenario({
        directory: stage.folder('sipp'),
        steps: [sipp.receive('INVITE'), sipp.respond('486 Busy Here'), sipp.receive('ACK')],
      }),
    );
    const user = `7701${'x'.repeat(120)}`;
    const office = await Office.open(stage, { routes: { [user]: peer.address } });
    const { agent } = await office.registeredAgent({ displayName: 'Alice with a long name '.repeat(3).trim() });
    await agent.place(`sip:${user}@${office.server.address}:${office.server.port}`);
    expect(await agent.record()).toMatchObject({ disposition: 'busy', sipStatus: 486 });
    await peer.succeeded();
    // The topmost Via is Kamailio's own; the one below tells how the agent sent it.
    expect(peer.messages).toMatch(/INVITE sip:7701x+[\s\S]*?\nVia: SIP\/2\.0\/UDP[^\n]*\n(?:[^\n]*\n)*?Via: SIP\/2\.0\/TCP/);
  });

  test('a BYE of theirs that comes twice ends one call and makes one record', async () => {
    const stage = openStage();
    const { peer, agent } = await caller(stage, [
      sipp.invite(),
      sipp.expect(200),
      sipp.ack(),
      sipp.pause(500),
      sipp.inDialog('BYE', 2),
      sipp.expect(200),
      sipp.inDialog('BYE', 3),
      sipp.expect(481),
    ]);
    const { id: callId } = await agent.incoming();
    await agent.client.call('calls.answer', { callId });
    expect(await agent.record()).toMatchObject({ disposition: 'answered' });
    await peer.succeeded();
    expect(agent.client.all('callLog.recorded').filter(({ record }) => record.endedAt !== null)).toHaveLength(1);
  });
});
