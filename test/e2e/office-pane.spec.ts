import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { buildOfficePane } from '#build/office-pane.ts';
import { findBrowser, thisMachine } from '#web/browser.ts';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { browserSwitches } from '#test/support/browser-switches.ts';

const standIn = readFileSync(fileURLToPath(new URL('./support/office-stand-in.js', import.meta.url)), 'utf8');

let directory: string;
let agent: AgentUnderTest;
let browser: BrowserContext;
let securePort: number;

const folder = (name: string) => {
  const made = path.join(directory, name);
  mkdirSync(made, { recursive: true });
  return made;
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-pane-'));
  const home = folder('home');
  await buildOfficePane(folder('pane'));
  agent = new AgentUnderTest({ directory: folder('agent'), localApi: true, paneDirectory: folder('pane'), home });
  await agent.start();
  // The user's consent: the certificate goes into the store of this home.
  const status = await agent.client.call('localApi.trustCertificate', {});
  securePort = status.securePort ?? 0;
  browser = await chromium.launchPersistentContext(folder('profile'), {
    executablePath: findBrowser(thisMachine()) ?? undefined,
    args: browserSwitches(),
    env: { ...process.env, HOME: home },
    locale: 'ru-RU',
    viewport: { width: 340, height: 640 },
  });
  // Office's script is Microsoft's, and nothing leaves this computer.
  await browser.route('https://appsforoffice.microsoft.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: standIn }),
  );
});

test.afterAll(async () => {
  await browser?.close();
  await agent?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function openPane(host: 'Excel' | 'Outlook'): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript((name) => Object.assign(window, { officeHost: name }), host);
  await page.goto(`https://localhost:${securePort}/pane/pane.html`);
  return page;
}

const select = (page: Page, cells: string[][]) =>
  page.evaluate((given) => (window as unknown as { select(cells: string[][]): void }).select(given), cells);

test('the pane is let in once, follows the cells, and dials after the user’s word in Offhook', async () => {
  const page = await openPane('Excel');
  // The browser trusts the certificate, or there would be no page.
  await page.getByRole('button', { name: 'Подключить к Offhook' }).click();
  await expect(page.locator('.code')).toHaveText(/^\d{6}$/);
  const [request] = await agent.client.call('programs.requests', {});
  expect(await page.locator('.code').textContent()).toBe(request!.code);
  expect(request).toMatchObject({ name: 'Offhook · Excel', from: `https://localhost:${securePort}` });
  await agent.client.call('programs.approve', { requestId: request!.id, scopes: request!.scopes });
  await expect(page.getByText('Выделите ячейку с номером.')).toBeVisible();

  await select(page, [['Иванов'], ['8 (495) 123-45-67 доб. 12, моб. 8 903 000-00-42']]);
  const rows = page.getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('+7 495 123-45-67');
  await rows.nth(1).getByRole('button').click();
  await expect(page.getByText('Подтвердите звонок в окне Offhook')).toBeVisible();
  const requests = await agent.client.call('dialRequests.list', {});
  expect(requests).toMatchObject([
    { source: 'program', origin: { name: 'Offhook · Excel' }, candidates: [{ display: '+7 903 000-00-42' }] },
  ]);
  expect(await agent.client.call('calls.list', {})).toEqual([]);
  await agent.client.call('dialRequests.dismiss', { requestId: requests[0]!.id });
});

test('the pane in Outlook finds the numbers of the message that is open', async () => {
  const page = await openPane('Outlook');
  await page.evaluate(() =>
    (window as unknown as { openMessage(subject: string, body: string): void }).openMessage(
      'Счёт',
      'Позвоните мне: 8 800 555-35-35 <img src=x onerror=alert(1)>',
    ),
  );
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByRole('listitem')).toContainText('8 800 555-35-35');
});

test('a pane whose program was disconnected asks to be let in anew', async () => {
  const page = await openPane('Excel');
  const [program] = await agent.client.call('programs.list', {});
  await agent.client.call('programs.revoke', { programId: program!.id });
  // Its connection is refused; nobody has to select a cell for it to be seen.
  await expect(page.getByRole('button', { name: 'Подключить к Offhook' })).toBeVisible({ timeout: 15_000 });
});

test('removing the certificate closes the port', async () => {
  await agent.client.call('localApi.removeCertificate', {});
  const page = await browser.newPage();
  await expect(page.goto(`https://localhost:${securePort}/pane/pane.html`)).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
});
