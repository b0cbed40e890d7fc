import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { hears, hearsNoMore } from '#test/e2e/support/page-ear.ts';
import { NamespaceBrowser } from '#test/support/namespace-browser.ts';
import { canMakeNamespaces, LossyNetwork } from '#test/support/network-namespace.ts';
import { Office, tones, users } from '#test/support/office.ts';
import { ShellProcess } from '#test/support/shell-process.ts';
import { openStage } from '#test/support/stage.ts';

const ownTone = 850;

/** What makes baresip a WebRTC peer. */
const webRtcPeer = { parameters: { mediaenc: 'dtls_srtp', medianat: 'ice' }, settings: ['rtcp_mux yes'] };

/** The window in Chromium on one host; Kamailio with WSS and baresip on another, with a wire between. */
async function webRtcOffice(answermode: 'auto' | 'manual') {
  const stage = openStage();
  const network = await stage.enter(new LossyNetwork(0));
  const office = await Office.open(stage, { transport: 'wss', hosts: network });
  const account = office.account({ media: 'webrtc' });
  const shell = await stage.enter(
    new ShellProcess({
      directory: stage.folder('shell'),
      host: network.near,
      authority: office.authority.certificate,
      demo: { account, password: users['1001'], echo: '600', menu: '700' },
    }),
  );
  await shell.registered();
  const colleague = await office.colleague({ answermode, ...webRtcPeer });
  const browser = await stage.enter(new NamespaceBrowser({ directory: stage.folder('browser'), host: network.near, tone: ownTone }));
  const page = await browser.open(await shell.address());
  await page.getByTestId('dial-box').waitFor();
  return { office, colleague, page };
}

async function dial(page: Page, number: string): Promise<void> {
  await page.getByTestId('dial-box').fill(number);
  await page.getByTestId('dial-box').press('Enter');
  await page.getByTestId('call-timer').waitFor();
}

describe.skipIf(!canMakeNamespaces())('a WSS account through Kamailio, WebRTC from Chromium to baresip (DTLS-SRTP, ICE)', () => {
  test('the window calls; both hear each other; hold is heard; the window hangs up', { timeout: 120_000 }, async () => {
    const { colleague, page } = await webRtcOffice('auto');
    await dial(page, '1002');
    await Promise.all([hears(page, tones['1002']), colleague.hears(ownTone)]);
    expect(colleague.trace).toMatch(/UDP\/TLS\/RTP\/SAVPF?/);
    await page.getByTestId('call-hold').click();
    await colleague.hearsNothing();
    await page.getByTestId('call-hold').click();
    await Promise.all([hears(page, tones['1002']), colleague.hears(ownTone)]);
    await page.getByTestId('call-hangup').click();
    await colleague.event('CALL_CLOSED');
  });

  test('baresip calls; both hear each other; baresip hangs up', { timeout: 120_000 }, async () => {
    const { office, colleague, page } = await webRtcOffice('manual');
    await colleague.dial(`sip:1001@${office.server.address}:${office.server.port}`);
    await page.getByTestId('incoming-call').waitFor();
    await page.getByTestId('answer-button').click();
    await page.getByTestId('call-timer').waitFor();
    await Promise.all([hears(page, tones['1002']), colleague.hears(ownTone)]);
    await colleague.hangUp();
    await page.getByTestId('active-call').waitFor({ state: 'detached' });
    await hearsNoMore(page, tones['1002']);
  });
});
