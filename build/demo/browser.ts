import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { root } from '#build/root.ts';
import { findBrowser, thisMachine } from '#web/browser.ts';
import { browserSwitches } from '#test/support/browser-switches.ts';

/** What the page hears, told by page-ear.js. */
export interface Heard {
  /** Hz. */
  frequency: number;
  /** dBFS. */
  decibels: number;
  /** dB over the median of the speech band: a tone stands out, noise does not. */
  aboveMedian: number;
}

export interface DemoBrowser {
  page: Page;
  browser: Browser;
  /** Errors of the page's console and scripts. */
  complaints: string[];
}

/** Opens the window in a headless browser whose microphone speaks the given WAV file. */
export async function openBrowser(microphone: string): Promise<DemoBrowser> {
  const executablePath = findBrowser(thisMachine());
  if (!executablePath) throw new Error('no Chromium, Chrome or Edge is installed; OFFHOOK_BROWSER names another');
  const browser = await chromium.launch({
    executablePath,
    args: browserSwitches({ microphone }),
  });
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1180, height: 780 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.addInitScript({ path: path.join(root, 'build', 'demo', 'page-ear.js') });
  return { page, browser, complaints };
}

const tolerance = 12;
const clearly = 30;

/** Waits until the page hears that tone, loud and alone. Returns what it heard. */
export async function hearTone(page: Page, frequency: number, timeout = 10_000): Promise<Heard> {
  const deadline = performance.now() + timeout;
  let last: Heard = { frequency: 0, decibels: -Infinity, aboveMedian: 0 };
  while (performance.now() < deadline) {
    last = (await page.evaluate('window.offhookEar()')) as Heard;
    const isIt = Math.abs(last.frequency - frequency) <= tolerance && last.aboveMedian >= clearly && last.decibels > -50;
    if (isIt) return last;
    await page.waitForTimeout(20);
  }
  throw new Error(`no ${frequency} Hz is heard; the strongest is ${Math.round(last.frequency)} Hz at ${Math.round(last.decibels)} dB`);
}
