import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodecName } from '#core/media/index.ts';
import { toneAlaw } from '#test/support/alaw.ts';
import { BaresipPeer } from '#test/support/baresip-peer.ts';
import { TestAuthority } from '#test/support/certificates.ts';
import { KamailioServer } from '#test/support/kamailio-server.ts';
import { canMakeNamespaces, LossyNetwork, type NetworkHost } from '#test/support/network-namespace.ts';
import { SippScenario } from '#test/support/sipp-scenario.ts';
import * as sipp from '#test/support/sipp-steps.ts';
import { openStage, type Stage } from '#test/support/stage.ts';

// The peers among themselves: when one of these fails, it is not the phone's fault.

async function exchange(stage: Stage, options: { recordRoute?: boolean; algorithm?: 'MD5' | 'SHA-256'; routes?: Record<string, string> } = {}) {
  const certificate = new TestAuthority(stage.folder('certificates')).issue('valid');
  const users = { '1001': 'first', '1002': 'second' };
  return stage.enter(new KamailioServer({ directory: stage.folder('kamailio'), users, certificate, ...options }));
}

function phone(stage: Stage, server: KamailioServer, user: '1001' | '1002', transport: string, codec: CodecName = 'PCMA', extra: Record<string, string> = {}) {
  const port = transport === 'tls' ? server.securePort : server.port;
  const certificate = transport === 'tls' ? new TestAuthority(stage.folder('own')).issue('valid') : null;
  return new BaresipPeer({
    directory: stage.folder(`baresip-${user}`),
    address: `sip:${user}@127.0.0.1:${port};transport=${transport}`,
    parameters: { auth_user: user, auth_pass: user === '1001' ? 'first' : 'second', regint: '60', ...extra },
    tone: user === '1001' ? 440 : 600,
    codec,
    certificate,
  });
}

describe('the peers among themselves', () => {
  test.for([
    ['udp', 'PCMA', true, {}],
    ['udp', 'PCMA', false, {}],
    ['tcp', 'PCMU', true, {}],
    ['tls', 'PCMA', true, { mediaenc: 'srtp-mand' }],
    ['udp', 'G722', true, {}],
    ['udp', 'opus', true, {}],
  ] as [string, CodecName, boolean, Record<string, string>][])('baresip calls baresip through Kamailio: %s, %s, Record-Route %s, %o', async ([transport, codec, recordRoute, extra]) => {
    const stage = openStage();
    const server = await exchange(stage, { recordRoute });
    const first = await stage.enter(phone(stage, server, '1001', transport, codec, extra));
    const second = await stage.enter(phone(stage, server, '1002', transport, codec, { answermode: 'auto', ...extra }));
    await Promise.all([first.registered(), second.registered()]);
    await first.dial(`sip:1002@127.0.0.1:${transport === 'tls' ? server.securePort : server.port}`);
    await Promise.all([first.event('CALL_ESTABLISHED'), second.event('CALL_ESTABLISHED')]);
    await Promise.all([first.hears(600), second.hears(440)]);
    await first.sendDigits('12#');
    await expect.poll(() => second.digits).toBe('12#');
    await first.hold();
    await second.hearsNothing();
    await first.resume();
    await second.hears(440);
    await first.hangUp();
    await second.event('CALL_CLOSED');
  });

  test('Kamailio asks for SHA-256 where it is told to', async () => {
    const stage = openStage();
    const server = await exchange(stage, { algorithm: 'SHA-256' });
    const answers = new SippScenario({
      directory: stage.folder('sipp'),
      target: `127.0.0.1:${server.port}`,
      service: '1002',
      steps: [sipp.invite({ from: '1001' }), sipp.expect(407)],
    });
    await stage.enter(answers);
    await answers.succeeded();
    expect(answers.messages).toMatch(/Proxy-Authenticate: Digest .*algorithm=SHA-256/);
  });

  test('sipp answers a call of baresip through Kamailio', async () => {
    const stage = openStage();
    const callee = await stage.enter(
      new SippScenario({
        directory: stage.folder('sipp'),
        steps: [
          sipp.receive('INVITE'),
          sipp.respond('180 Ringing'),
          sipp.respond('200 OK', { body: sipp.audioSdp() }),
          sipp.receive('ACK'),
          sipp.receive('BYE'),
          sipp.respondInDialog('200 OK'),
        ],
      }),
    );
    const server = await exchange(stage, { routes: { '7701': callee.address } });
    const first = await stage.enter(phone(stage, server, '1001', 'udp'));
    await first.registered();
    await first.dial(`sip:7701@127.0.0.1:${server.port}`);
    await first.event('CALL_ESTABLISHED');
    await first.hangUp();
    await callee.succeeded();
  });

  test.skipIf(!canMakeNamespaces())('baresip and Kamailio, a wire between them that loses every fifth datagram each way', async () => {
    const stage = openStage();
    const network = await stage.enter(new LossyNetwork(20));
    const users = { '1001': 'first', '1002': 'second' };
    const server = await stage.enter(new KamailioServer({ directory: stage.folder('kamailio'), users, host: network.far }));
    const phoneAt = (host: NetworkHost, user: '1001' | '1002', tone: number, answermode: string) =>
      new BaresipPeer({
        directory: stage.folder(`baresip-${user}`),
        address: `sip:${user}@${server.address}:${server.port};transport=udp`,
        parameters: { auth_user: user, auth_pass: users[user], regint: '60', answermode },
        tone,
        host,
      });
    const near = await stage.enter(phoneAt(network.near, '1001', 440, 'manual'));
    const far = await stage.enter(phoneAt(network.far, '1002', 600, 'auto'));
    await Promise.all([near.registered(30_000), far.registered()]);
    await near.dial(`sip:1002@${server.address}:${server.port}`);
    await near.event('CALL_ESTABLISHED', { timeout: 30_000 });
    await expect.poll(() => Math.min(network.dropped(network.near), network.dropped(network.far)), { timeout: 10_000 }).toBeGreaterThan(10);
  });

  test('sipp cancels its call to baresip, with a Reason that Kamailio passes on', async () => {
    const stage = openStage();
    const server = await exchange(stage);
    const second = await stage.enter(phone(stage, server, '1002', 'udp'));
    await second.registered();
    const options = { headers: 'Reason: SIP;cause=200;text="Call completed elsewhere"' };
    const call = new SippScenario({
      directory: stage.folder('sipp'),
      target: `127.0.0.1:${server.port}`,
      service: '1002',
      steps: [sipp.invite(), sipp.expect(180), sipp.cancel(options), sipp.expect(200), sipp.expect(487), sipp.ackRefusal()],
    });
    await stage.enter(call);
    await call.succeeded();
    await second.event('CALL_CLOSED');
    expect(second.trace).toMatch(/\nCANCEL [\s\S]*?\nReason: SIP;cause=200;text="Call completed elsewhere"/);
  });

  test('baresip cancels its call to sipp', async () => {
    const stage = openStage();
    const callee = await stage.enter(
      new SippScenario({
        directory: stage.folder('sipp'),
        steps: [
          sipp.receive('INVITE'),
          sipp.respond('180 Ringing'),
          sipp.receive('CANCEL'),
          sipp.respondInDialog('200 OK'),
          sipp.respondToInvite('487 Request Terminated'),
          sipp.receive('ACK'),
        ],
      }),
    );
    const server = await exchange(stage, { routes: { '7701': callee.address } });
    const first = await stage.enter(phone(stage, server, '1001', 'udp'));
    await first.registered();
    await first.dial(`sip:7701@127.0.0.1:${server.port}`);
    await first.event('CALL_RINGING');
    await first.hangUp();
    await callee.succeeded();
  });

  test('sipp calls baresip without an offer, speaks, holds and hangs up', async () => {
    const stage = openStage();
    const server = await exchange(stage);
    const second = await stage.enter(phone(stage, server, '1002', 'udp', 'PCMA', { answermode: 'auto' }));
    await second.registered();
    const file = path.join(stage.directory, 'tone.alaw');
    writeFileSync(file, toneAlaw(850, 10));
    const call = new SippScenario({
      directory: stage.folder('sipp'),
      target: `127.0.0.1:${server.port}`,
      service: '1002',
      steps: [
        sipp.invite({ body: 'Content-Length: 0\n' }),
        sipp.expect(200),
        sipp.ack({ body: sipp.audioSdp() }),
        sipp.speak(file),
        sipp.pause(2000),
        sipp.inDialog('INVITE', 2, { body: sipp.audioSdp('sendonly') }),
        sipp.expect(200),
        sipp.ack({ cseq: 2 }),
        sipp.pause(500),
        sipp.inDialog('BYE', 3),
        sipp.expect(200),
      ],
    });
    await stage.enter(call);
    await second.hears(850);
    await call.succeeded();
  });
});
