import { describe, expect, test } from 'vitest';
import type { MediaSecurity } from '#contract/ipc/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { hears } from '#test/e2e/support/page-ear.ts';
import { NamespaceBrowser } from '#test/support/namespace-browser.ts';
import { Office, tones, users } from '#test/support/office.ts';
import { ShellProcess } from '#test/support/shell-process.ts';
import { openStage } from '#test/support/stage.ts';

const ownTone = 850;

describe('the real window in Chromium, through the relay and Kamailio, to baresip', () => {
  test.for<[CodecName, MediaSecurity]>([
    ['PCMA', 'rtp'],
    ['G722', 'rtp'],
    ['opus', 'srtp'],
  ])('%s over %s: both hear each other, digits arrive, and a reloaded window talks on', { timeout: 120_000 }, async ([codec, media]) => {
    const stage = openStage();
    const office = await Office.open(stage);
    const demo = { account: office.account({ media }), password: users['1001'], echo: '600', menu: '700' };
    const shell = await stage.enter(new ShellProcess({ directory: stage.folder('shell'), demo }));
    await shell.registered();
    const parameters: Record<string, string> = media === 'srtp' ? { mediaenc: 'srtp-mand' } : {};
    const colleague = await office.colleague({ answermode: 'auto', codec, parameters });
    const browser = await stage.enter(new NamespaceBrowser({ directory: stage.folder('browser'), host: null, tone: ownTone }));
    const page = await browser.open(await shell.address());
    await page.getByTestId('dial-box').fill('1002');
    await page.getByTestId('dial-box').press('Enter');
    await page.getByTestId('call-timer').waitFor();
    await Promise.all([hears(page, tones['1002']), colleague.hears(ownTone)]);
    await page.getByTestId('call-keypad').click();
    await page.getByTestId('call-panel').getByTestId('key-5').click();
    await expect.poll(() => colleague.digits).toBe('5');
    await page.reload();
    await Promise.all([hears(page, tones['1002']), colleague.hears(ownTone)]);
    await page.getByTestId('call-hangup').click();
    await colleague.event('CALL_CLOSED');
  });
});
