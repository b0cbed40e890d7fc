import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#core/foundation/index.ts';
import { nodeRunProgram } from '#core/office/desktop/node-run-program.ts';
import { CopyingSelectionReader } from '#core/office/selection/index.ts';
import { X11Clipboard } from '#core/office/selection/x11-clipboard.ts';
import { XdotoolKeySender } from '#core/office/selection/xdotool-key-sender.ts';
import { findBrowser, thisMachine } from '#web/browser.ts';
import { browserSwitches } from '../support/browser-switches.ts';
import { until } from '../support/until.ts';
import { hasXDisplay, startXDisplay, type XDisplay } from '../support/x-display.ts';

const executablePath = findBrowser(thisMachine());

const words = '<p id="words">Ольга, <b>8 495 123-45-67</b> доб. 12</p><p id="rich"><i>Наклонно</i> и <b>жирно</b></p>';

/** A real X display, with xclip and Chromium as the programs whose selections and clipboard they are. */
describe.runIf(hasXDisplay && executablePath)('a selection on an X display', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-selection-'));
  let display: XDisplay;
  let browser: Browser;
  let page: Page;
  let clipboard: X11Clipboard;
  let environment: NodeJS.ProcessEnv;
  const owners: ReturnType<typeof spawn>[] = [];

  beforeAll(async () => {
    display = await startXDisplay(folder);
    environment = { ...process.env, ...display.environment };
    browser = await chromium.launch({
      ...{ headless: false, executablePath: executablePath!, args: [...browserSwitches(), '--ozone-platform=x11'] },
      env: { ...process.env, ...display.environment } as Record<string, string>,
    });
    page = await browser.newPage();
    await page.setContent(words);
    await page.bringToFront();
    await focusBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await display?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    clipboard.close();
    for (const owner of owners.splice(0)) owner.kill();
  });

  /** Without a window manager nobody else gives the keyboard to a window. */
  async function focusBrowser(): Promise<void> {
    const found = await promisify(execFile)('xdotool', ['search', '--onlyvisible', '--class', 'chrom'], {
      env: environment,
    });
    const window = found.stdout.trim().split('\n').at(-1)!;
    await promisify(execFile)('xdotool', ['windowfocus', '--sync', window], { env: environment });
  }

  /** xclip as the owner of a selection, in one form. */
  async function put(bytes: Buffer | string, selection: 'primary' | 'clipboard', type: string): Promise<void> {
    const file = path.join(folder, 'put');
    writeFileSync(file, bytes);
    const owner = spawn('xclip', ['-quiet', '-selection', selection, '-t', type, '-i', file], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    owners.push(owner);
    await once(owner.stderr!, 'data');
    await until('xclip owns it', async () => (await got(selection, type)).length > 0);
  }

  async function got(selection: 'primary' | 'clipboard', type: string): Promise<Buffer> {
    const options = { env: environment, encoding: 'buffer', maxBuffer: 80_000_000 } as const;
    const output = await promisify(execFile)('xclip', ['-selection', selection, '-t', type, '-o'], options).catch(
      () => null,
    );
    return output?.stdout ?? Buffer.alloc(0);
  }

  async function select(id: string): Promise<void> {
    await page.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(document.getElementById(element)!);
      getSelection()!.removeAllRanges();
      getSelection()!.addRange(range);
    }, id);
  }

  async function open(): Promise<CopyingSelectionReader> {
    clipboard = await X11Clipboard.open(environment, systemClock);
    const keys = new XdotoolKeySender(nodeRunProgram(environment));
    return new CopyingSelectionReader({ clipboard, keys, clock: systemClock });
  }

  it('is read as it is marked, without touching the clipboard', async () => {
    await open();
    await put('8 495 123-45-67 доб. 12', 'primary', 'UTF8_STRING');
    await put('mine', 'clipboard', 'UTF8_STRING');
    expect(await clipboard.primary()).toBe('8 495 123-45-67 доб. 12');
    expect(String(await got('clipboard', 'UTF8_STRING'))).toBe('mine');
  });

  it('is copied, and a picture on the clipboard is there again byte for byte', async () => {
    const reader = await open();
    // Longer than one request: it goes in pieces, both ways.
    const picture = randomBytes(700_000);
    await put(picture, 'clipboard', 'image/png');
    await select('words');
    expect(await reader.read()).toBe('Ольга, 8 495 123-45-67 доб. 12');
    const back = await got('clipboard', 'image/png');
    expect(createHash('sha256').update(back).digest('hex')).toBe(createHash('sha256').update(picture).digest('hex'));
    expect(String(await got('clipboard', 'TARGETS'))).toContain('image/png');
  });

  it('is copied, and rich text on the clipboard is there again in all its forms', async () => {
    const reader = await open();
    await select('rich');
    await page.keyboard.press('Control+C');
    await until('Chromium copied', async () => (await got('clipboard', 'text/html')).length > 0);
    const before = { html: await got('clipboard', 'text/html'), text: await got('clipboard', 'UTF8_STRING') };
    await select('words');
    expect(await reader.read()).toContain('8 495 123-45-67');
    expect(String(before.text)).toBe('Наклонно и жирно');
    expect(await got('clipboard', 'text/html')).toEqual(before.html);
    expect(await got('clipboard', 'UTF8_STRING')).toEqual(before.text);
  });

  it('that is none leaves the clipboard with the program that has it', async () => {
    const reader = await open();
    await put('mine', 'clipboard', 'UTF8_STRING');
    const serial = await clipboard.serial();
    await page.evaluate(() => getSelection()!.removeAllRanges());
    expect(await reader.read()).toBe('');
    expect(await clipboard.serial()).toBe(serial);
    expect(String(await got('clipboard', 'UTF8_STRING'))).toBe('mine');
  });

  it('leaves the clipboard to whoever copies next', async () => {
    const reader = await open();
    await put('mine', 'clipboard', 'UTF8_STRING');
    await select('words');
    await reader.read();
    let released = false;
    const releasing = clipboard.released().then(() => (released = true));
    expect(String(await got('clipboard', 'UTF8_STRING'))).toBe('mine');
    expect(released).toBe(false);
    await put('next', 'clipboard', 'UTF8_STRING');
    await releasing;
    expect(String(await got('clipboard', 'UTF8_STRING'))).toBe('next');
  });
});

describe('without an X display', () => {
  it('there is no clipboard to be had', async () => {
    await expect(X11Clipboard.open({ DISPLAY: ':9999' }, systemClock)).rejects.toThrow();
    await expect(X11Clipboard.open({}, systemClock)).rejects.toThrow('no display');
  });
});
