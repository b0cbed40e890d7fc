import { existsSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger, systemClock, type Event } from '#core/foundation/index.ts';
import type { CodecName, MediaLeg } from '#core/media/media-leg.ts';
import { PageAudioEndpoint } from '#core/media/testing/page-audio-endpoint.ts';
import { RelayMediaLegFactory } from '#core/media/relay/relay-media-leg-factory.ts';

const executablePath = '/usr/bin/chromium';
const windowTone = 600;
const farTone = 1000;

function next<T>(event: Event<T>, where: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const listening = event((value) => {
      if (!where(value)) return;
      listening.dispose();
      resolve(value);
    });
  });
}

describe.skipIf(!existsSync(executablePath))('the relay and a real browser', () => {
  let browser: Browser;
  let audioEndpoint: PageAudioEndpoint;
  let factory: RelayMediaLegFactory;
  const legs: MediaLeg[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--allow-loopback-in-peer-connection',
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
    audioEndpoint = await PageAudioEndpoint.open(await browser.newPage(), windowTone);
    factory = new RelayMediaLegFactory({
      workerEntry: new URL('../../core/media/relay/relay-worker.ts', import.meta.url),
      audioEndpoint,
      clock: systemClock,
      logger: silentLogger,
      localAddresses: () => ['127.0.0.1'],
    });
    await factory.prepare();
  }, 20_000);

  afterAll(async () => {
    for (const leg of legs) leg.dispose();
    await factory?.stop();
    await browser?.close();
  });

  const create = (callId: string, endpoint: 'window' | 'synthetic', codecs: CodecName[]) => {
    const leg = factory.create({
      callId,
      security: 'rtp',
      localAddress: '127.0.0.1',
      codecs,
      stunServer: null,
      endpoint,
    });
    legs.push(leg);
    return leg;
  };

  const heardBy = (leg: MediaLeg, frequency: number) =>
    next(leg.synthetic!.onTone, (tone) => Math.abs(tone.frequency - frequency) < 10);

  async function call(callId: string, codec: CodecName) {
    const window = create(callId, 'window', [codec]);
    const far = create(`${callId}-far`, 'synthetic', [codec]);
    const connected = next(window.onEndpointState, (state) => state === 'connected');
    far.synthetic!.setTone(farTone);
    await window.applyAnswer(await far.createAnswer(await window.createOffer()));
    await connected;
    return { window, far };
  }

  it.each<CodecName>(['PCMA', 'PCMU', 'G722', 'opus'])(
    'pass tones both ways in %s',
    async (codec) => {
      const { far } = await call(codec, codec);
      await Promise.all([heardBy(far, windowTone), audioEndpoint.hears(codec, farTone)]);
    },
    10_000,
  );

  it('connect again after the window was reloaded, while the call lives', async () => {
    const { window, far } = await call('reload', 'opus');
    await heardBy(far, windowTone);
    await audioEndpoint.load();
    const reloaded = performance.now();
    window.reconnectEndpoint();
    await next(window.onEndpointState, (state) => state === 'connected');
    await Promise.all([heardBy(far, windowTone), audioEndpoint.hears('reload', farTone)]);
    expect(performance.now() - reloaded).toBeLessThan(2000);
  }, 10_000);

  it('sends silence, not nothing, while muted', async () => {
    const { window, far } = await call('muted', 'PCMA');
    await heardBy(far, windowTone);
    window.setMuted(true);
    let tones = 0;
    await far.sendDigits('1');
    const counting = far.synthetic!.onTone(() => tones++);
    await far.sendDigits('23');
    expect(tones).toBe(0);
    counting.dispose();
    window.setMuted(false);
    await heardBy(far, windowTone);
  }, 10_000);

  it('say that a window has gone', async () => {
    const { window } = await call('gone', 'PCMA');
    const lost = next(window.onEndpointState, (state) => state === 'lost');
    await audioEndpoint.load();
    await lost;
  }, 10_000);
});
