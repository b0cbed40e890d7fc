import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { findBrowser, thisMachine } from '#web/browser.ts';
import { giveEar } from '#test/e2e/support/page-ear.ts';
import type { NetworkHost } from './network-namespace.ts';
import type { Actor } from './stage.ts';
import { toneWav } from './wav.ts';
import { browserSwitches } from './browser-switches.ts';

export interface NamespaceBrowserOptions {
  directory: string;
  /** The namespace it runs in; the machine's own when null. */
  host: NetworkHost | null;
  /** Hz that its microphone hears. */
  tone: number;
}

/**
 * A real Chromium with a tone for a microphone, inside a network namespace: WebRTC meets addresses as in an office,
 * without the loopback switch. Playwright speaks to it through pipes, which belong to no namespace.
 */
export class NamespaceBrowser implements Actor {
  private readonly options: NamespaceBrowserOptions;
  private browser: Browser | null = null;

  constructor(options: NamespaceBrowserOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    const { directory, host, tone } = this.options;
    const microphone = path.join(directory, 'microphone.wav');
    writeFileSync(microphone, toneWav({ frequency: tone, rate: 48_000, seconds: 2 }));
    const found = findBrowser(thisMachine());
    if (!found) throw new Error('no Chromium is installed');
    const executablePath = host ? this.wrapper(found, host) : found;
    this.browser = await chromium.launch({
      executablePath,
      args: browserSwitches({ microphone, loopback: !host }),
    });
  }

  /** A page with an ear (see test/e2e/support/page-ear.ts) at that address. */
  async open(address: string): Promise<Page> {
    if (!this.browser) throw new Error('the browser was not started');
    const context = await this.browser.newContext({ locale: 'en-US', permissions: ['microphone'] });
    const page = await context.newPage();
    await giveEar(page);
    await page.goto(address);
    return page;
  }

  async stop(): Promise<void> {
    await this.browser?.close();
  }

  private wrapper(program: string, host: NetworkHost): string {
    const file = path.join(this.options.directory, 'browser');
    writeFileSync(file, `#!/bin/sh\nexec ip netns exec ${host.namespace} ${program} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }
}
