import { chromium } from '@playwright/test';
import { expect, newTicket, test } from './support/office.ts';
import { UntouchedPage } from './support/untouched-page.ts';

// A trace looks at the page, which counts as a click and would let the sound in.
test.use({ trace: 'off' });

const isThere = (testId: string) => `document.querySelector('[data-testid="${testId}"]') !== null`;
const ringSounds = `(() => { const peak = loudspeakerPeak(); return peak.level > -45 && peak; })()`;

test('a browser that forbids sound is named, asked for one click, and the ring is heard from then on', async ({
  offhook,
  colleague,
  launchOptions,
}) => {
  const switches = ['--autoplay-policy', '--use-fake-ui-for-media-stream'];
  const args = (launchOptions.args ?? []).filter((arg) => !switches.some((name) => arg.startsWith(name)));
  const browser = await chromium.launch({ ...launchOptions, args });
  try {
    const page = await UntouchedPage.open(await browser.newPage({ locale: 'en-US' }), await newTicket(offhook));
    await page.until('sound is said to be blocked', isThere('sound-blocked'));
    const callId = await colleague.place('201');
    await page.until('the call is shown', isThere('incoming-call'));
    expect(await page.evaluate('loudspeakerPeak().level > -45')).toBe(false);
    await page.click('enable-sound');
    const peak = await page.until<{ frequency: number }>('the ring is heard', ringSounds);
    expect(peak.frequency).toBeGreaterThan(300);
    expect(await page.evaluate(isThere('sound-blocked'))).toBe(false);
    await colleague.client.call('calls.hangUp', { callId });
    await page.until('the ring is over', '!(loudspeakerPeak().level > -45)');
  } finally {
    await browser.close();
  }
});
