import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { PageAudioEndpoint } from '#core/media/testing/page-audio-endpoint.ts';
import { sdpBody } from '#servers/pbx/sip/compose-message.ts';
import { TestPhone } from '#servers/pbx/testing/test-phone.ts';
import { openStage } from '#test/support/stage.ts';
import { openPbx, phone, type PbxActor } from './pbx-stage.ts';

const executablePath = '/usr/bin/chromium';
const ownTone = 1000;

describe.skipIf(!existsSync(executablePath))('a browser on Offhook’s PBX', () => {
  let browser: Browser;
  let page: Page;
  let audio: PageAudioEndpoint;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
        ...['--disable-sync', '--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'],
      ],
    });
    page = await browser.newPage();
    audio = await PageAudioEndpoint.open(page, ownTone);
  });
  beforeEach(() => audio.load());
  afterAll(() => browser?.close());

  /** With more patience than the page's own `hears`: a cold audio engine on a busy machine takes its time. */
  async function pageHears(callId: string, frequency: number): Promise<void> {
    await page.waitForFunction(`Math.abs(phone.heard('${callId}') - ${frequency}) < 12`, null, { timeout: 25_000, polling: 100 });
  }

  async function register(pbx: PbxActor): Promise<TestPhone> {
    const client = await TestPhone.open({ pbx: pbx.running, protocol: 'ws', extension: '103', password: pbx.passwords.get('103')! });
    onTestFinished(() => client.close());
    expect((await client.register()).status).toBe(200);
    return client;
  }

  test('hears itself from the echo service over WebSocket, ICE and DTLS-SRTP', async () => {
    const pbx = await openPbx(openStage());
    const client = await register(pbx);
    const { response } = await client.ask('INVITE', `sip:600@${client.host}`, { body: sdpBody(await audio.createOffer('echo')) });
    expect(response.status).toBe(200);
    client.sendInDialog('ACK', response);
    await audio.applyAnswer('echo', response.body);
    await pageHears('echo', ownTone);
    client.sendInDialog('BYE', response);
    await expect.poll(() => pbx.running.records.recent(1)[0]).toMatchObject({ dialled: '600', disposition: 'answered', codec: 'opus' });
    audio.close('echo');
  });

  test('calls a foreign phone that speaks plain RTP', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const client = await register(pbx);
    const other = await stage.enter(phone(stage, pbx, '102', { tone: 600, codec: 'PCMA', parameters: { answermode: 'auto' } }));
    await other.registered();
    const { response } = await client.ask('INVITE', `sip:102@${client.host}`, { body: sdpBody(await audio.createOffer('out')) });
    client.sendInDialog('ACK', response);
    await audio.applyAnswer('out', response.body);
    await Promise.all([pageHears('out', 600), other.hears(ownTone, 25_000)]);
    await other.hangUp();
    client.respond(await client.nextRequest('BYE'), 200, 'OK');
    audio.close('out');
  });

  test('is called by a foreign phone that speaks plain RTP', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const client = await register(pbx);
    const other = await stage.enter(phone(stage, pbx, '102', { tone: 600, codec: 'opus' }));
    await other.registered();
    await other.dial(`sip:103@${pbx.at('udp')}`);
    const invite = await client.nextRequest('INVITE');
    expect(invite.body).toContain('UDP/TLS/RTP/SAVPF');
    const answer = await page.evaluate<string>(`phone.createAnswer('in', ${ownTone}, ${JSON.stringify(invite.body)})`);
    client.respond(invite, 200, 'OK', { body: sdpBody(answer) });
    await client.nextRequest('ACK');
    await Promise.all([pageHears('in', 600), other.hears(ownTone, 25_000)]);
    const bye = client.sendBack('BYE', invite);
    expect((await client.response(bye)).status).toBe(200);
    await other.event('CALL_CLOSED');
    audio.close('in');
  });
});
