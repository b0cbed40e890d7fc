import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, chromium, type Page } from '@playwright/test';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { ManagedProcess } from '#test/support/managed-process.ts';
import { giveEar } from './page-ear.ts';
import { writeVoice } from './voice.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Started {
  directory: string;
  program: ManagedProcess;
}

/** `npm start` as a user runs it, on a machine without a screen: exchange, agent and web shell. */
export async function startOffhook(directory: string): Promise<Started> {
  const program = new ManagedProcess({
    name: 'offhook',
    command: process.execPath,
    args: [path.join(root, 'build/start.ts')],
    directory: root,
    logFile: path.join(directory, 'offhook.log'),
    environment: { OFFHOOK_DATA: path.join(directory, 'data'), OFFHOOK_API_PORT: '0', DISPLAY: '', WAYLAND_DISPLAY: '', LANG: 'en_US.UTF-8', NODE_NO_WARNINGS: '1' },
  });
  return { directory, program };
}

export async function addressOf({ program }: Started): Promise<string> {
  const pattern = /(http:\/\/127\.0\.0\.1:\d+\/#ticket=\S+)/;
  for (let waited = 0; waited < 60_000; waited += 100) {
    const found = program.lines.map((line) => pattern.exec(line)?.[1]).find(Boolean);
    if (found) return found;
    if (!program.running) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no address was printed:\n${program.tail(30)}`);
}

interface ExchangeFile {
  listen: { udp: number };
  users: Record<string, { secret: string }>;
}

export function readExchange(directory: string): ExchangeFile {
  const text = readFileSync(path.join(directory, 'data', 'exchange', 'pbx.jsonc'), 'utf8');
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as ExchangeFile;
}

interface Fixtures {
  /** Opens the window in a browser of its own, without the switches named (by their beginning). */
  openPhoneWithout: (...switches: string[]) => Promise<Page>;
  /** The window of extension 201, registered on Offhook's own PBX. */
  phone: Page;
  /** Extension 202: another Offhook without a window, which sends one tone and reports those that it hears. */
  colleague: AgentUnderTest;
}

interface WorkerFixtures {
  /** Tests with another name than those before them have an office of their own, in which nobody has called yet. */
  officeName: string;
  voiceFile: string;
  offhook: Started & { address: string };
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  officeName: ['shared', { option: true, scope: 'worker' }],
  voiceFile: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const directory = mkdtempSync(path.join(tmpdir(), 'offhook-voice-'));
      const file = path.join(directory, 'voice.wav');
      writeVoice(file);
      await use(file);
      rmSync(directory, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ launchOptions, voiceFile }, use) =>
      use({ ...launchOptions, args: [...(launchOptions.args ?? []), `--use-file-for-fake-audio-capture=${voiceFile}`] }),
    { scope: 'worker' },
  ],
  offhook: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const directory = mkdtempSync(path.join(tmpdir(), 'offhook-e2e-'));
      const started = await startOffhook(directory);
      try {
        await use({ ...started, address: await addressOf(started) });
      } finally {
        started.program.child.kill('SIGINT');
        await started.program.exited;
        rmSync(directory, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  openPhoneWithout: async ({ offhook, launchOptions }, use) => {
    const closes: (() => Promise<void>)[] = [];
    await use(async (...switches) => {
      const args = (launchOptions.args ?? []).filter((arg) => !switches.some((name) => arg.startsWith(name)));
      const browser = await chromium.launch({ ...launchOptions, args });
      closes.push(() => browser.close());
      const page = await browser.newPage({ locale: 'en-US' });
      await giveEar(page);
      await page.goto(await newTicket(offhook));
      await page.getByTestId('dial-box').waitFor();
      return page;
    });
    for (const close of closes) await close();
  },
  phone: async ({ offhook, context }, use) => {
    await context.grantPermissions(['microphone']);
    const page = await context.newPage();
    await giveEar(page);
    await page.goto(await newTicket(offhook));
    await page.getByTestId('dial-box').waitFor();
    await use(page);
  },
  colleague: async ({ offhook }, use) => {
    const directory = mkdtempSync(path.join(tmpdir(), 'offhook-colleague-'));
    const colleague = new AgentUnderTest({ directory });
    const exchange = readExchange(offhook.directory);
    try {
      await colleague.start();
      await colleague.registeredLine(
        { user: '202', domain: '127.0.0.1', serverPort: exchange.listen.udp },
        exchange.users['202']!.secret,
      );
      await use(colleague);
    } finally {
      await colleague.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  },
});

export { expect } from '@playwright/test';

/** A second `npm start` attaches to the running one and prints a fresh single-use address. */
export async function newTicket(offhook: Started): Promise<string> {
  const again = await startOffhook(offhook.directory);
  const address = await addressOf(again);
  again.program.child.kill('SIGINT');
  await again.program.exited;
  return address;
}
