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

async function openPane(host: 'Excel' | 'Outlook', language = 'ru-RU'): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript((given) => Object.assign(window, given), { officeHost: host, officeLanguage: language });
  await page.goto(`https://localhost:${securePort}/pane/pane.html`);
  return page;
}

const select = (page: Page, cells: string[][]) =>
  page.evaluate((given) => (window as unknown as { select(cells: string[][]): void }).select(given), cells);

/** For the guide, where a folder for its pictures is named. */
async function picture(page: Page): Promise<void> {
  const pictures = process.env.OFFHOOK_PICTURES;
  if (!pictures) return;
  for (const [suffix, language] of [
    ['', 'ru-RU'],
    ['-en', 'en-GB'],
  ] as const) {
    const shown = suffix === '' ? page : await openPane('Excel', language);
    await select(shown, [['8 903 000-00-42'], ['8 (495) 123-45-67 доб. 12'], ['+44 20 7000 0012']]);
    await expect(shown.getByRole('button', { name: suffix === '' ? /^Карточка/ : /^Card/ })).toBeVisible();
    await shown.screenshot({ path: path.join(pictures, `office-pane${suffix}.png`) });
  }
  await select(page, [['8 903 000-00-42']]);
}

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
  await expect(rows.first()).toContainText('+7 495 123-45-67, доб. 12');
  await rows.nth(1).getByRole('button').click();
  await expect(page.getByText('Подтвердите звонок в окне Offhook')).toBeVisible();
  const requests = await agent.client.call('dialRequests.list', {});
  expect(requests).toMatchObject([
    { source: 'program', origin: { name: 'Offhook · Excel' }, candidates: [{ display: '+7 903 000-00-42' }] },
  ]);
  expect(await agent.client.call('calls.list', {})).toEqual([]);
  await agent.client.call('dialRequests.dismiss', { requestId: requests[0]!.id });
});

test('whoever is known is named, and the card is shown in Offhook', async () => {
  await agent.client.call('people.save', {
    handle: null,
    contact: {
      ...{ name: 'Иванова Ольга', firm: 'ООО «Ромашка»', role: '', department: '', note: '' },
      ...{ numbers: [{ text: '+7 903 000-00-42', label: 'mobile' }], emails: [], links: [] },
    },
  });
  const page = await openPane('Excel');
  const row = page.getByRole('listitem');
  // A moment passes until a contact that was made is found with all that it has.
  await expect(async () => {
    await select(page, [['']]);
    await expect(row).toHaveCount(0, { timeout: 500 });
    await select(page, [['8 903 000-00-42']]);
    await expect(row).toContainText('+7 903 000-00-42 · ООО «Ромашка»', { timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await expect(row).toContainText('Иванова Ольга');
  await picture(page);
  await row.getByRole('button', { name: 'Карточка' }).click();
  const asked = () => agent.client.call('programs.audit', { before: null, limit: 5, programId: null });
  await expect.poll(asked).toContainEqual(expect.objectContaining({ action: 'people.showCard', outcome: 'done' }));
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
