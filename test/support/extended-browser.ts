import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { findBrowser, thisMachine } from '#web/browser.ts';
import { browserSwitches } from './browser-switches.ts';
import { LocalApiStandIn } from './local-api-stand-in.ts';
import { OffhookCommand } from './offhook-command.ts';

const extension = fileURLToPath(new URL('../../dist/browser-extension/chromium', import.meta.url));

/**
 * A real Chromium with the built extension in it, the real native host that it starts, and a stand-in of the API that
 * the host speaks to, or a real agent's. Pages come from a server of the test's own.
 */
export class ExtendedBrowser {
  readonly api = new LocalApiStandIn();
  readonly directory = mkdtempSync(path.join(tmpdir(), 'offhook-extension-'));
  private readonly pages = new Map<string, string>();
  private readonly server: Server = createServer((request, response) => {
    const page = this.pages.get(request.url ?? '');
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  private browser: BrowserContext | null = null;
  private readonly agent: { port: number; secret: string } | null;

  /** @param agent whose API it is instead of the stand-in */
  constructor(agent: { port: number; secret: string } | null = null) {
    this.agent = agent;
  }

  async start(language = 'en-US'): Promise<void> {
    await this.api.start();
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.announce();
    const profile = path.join(this.directory, 'chromium');
    mkdirSync(profile);
    const installed = await this.command.run('native-host', '--install');
    if (installed.code !== 0) throw new Error(`the host was not installed: ${installed.said}`);
    this.browser = await chromium.launchPersistentContext(profile, {
      executablePath: findBrowser(thisMachine()) ?? undefined,
      headless: true,
      ignoreDefaultArgs: ['--disable-extensions'],
      args: [
        ...browserSwitches(),
        `--lang=${language}`,
        `--disable-extensions-except=${extension}`,
        `--load-extension=${extension}`,
        '--disable-features=DisableLoadExtensionCommandLineSwitch',
      ],
      // The host is started by the browser, with its environment.
      env: { ...process.env, LANGUAGE: language, OFFHOOK_DATA: this.data } as Record<string, string>,
      viewport: { width: 900, height: 700 },
    });
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    await this.api.stop().catch(() => undefined);
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  get context(): BrowserContext {
    if (!this.browser) throw new Error('the browser was not started');
    return this.browser;
  }

  get command(): OffhookCommand {
    return new OffhookCommand(this.data, { XDG_CONFIG_HOME: this.directory });
  }

  /** Opens a page of this HTML. */
  async open(html: string): Promise<Page> {
    const place = `/${this.pages.size}`;
    this.pages.set(place, `<!doctype html><meta charset="utf-8"><title>Test</title>${html}`);
    const page = await this.context.newPage();
    await page.goto(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}${place}`);
    return page;
  }

  /** What the agent of a data directory would announce. */
  private announce(): void {
    mkdirSync(this.data, { recursive: true, mode: 0o700 });
    const { port, secret } = this.agent ?? this.api;
    const info = { shell: 'web', api: { port, secret } };
    writeFileSync(path.join(this.data, 'agent.json'), JSON.stringify({ pid: process.pid, info }), { mode: 0o600 });
  }

  private get data(): string {
    return path.join(this.directory, 'data');
  }
}
