import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { bundlePrograms } from '#test/support/shell-process.ts';
import { PbxActor } from '../scenarios/pbx-stage.ts';

let directory: string;
let pbx: PbxActor;
let agent: AgentUnderTest;

const folder = (name: string) => {
  const made = path.join(directory, name);
  mkdirSync(made, { recursive: true });
  return made;
};
const crm = { id: '/opt/crm/crm', name: 'CRM' };

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await bundlePrograms();
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-dial-question-'));
  pbx = new PbxActor(folder('pbx'));
  await pbx.start();
  const staticDirectory = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
  agent = new AgentUnderTest({ directory: folder('agent'), audio: 'window', staticDirectory, logLevel: 'warn' });
  await agent.start();
  const [domain, port] = pbx.at('udp').split(':');
  await agent.registeredLine({ user: '101', domain: domain!, serverPort: Number(port) }, pbx.passwords.get('101')!);
});
test.afterAll(async () => {
  await agent?.stop();
  await pbx?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const isUp = (page: Page) => page.getByTestId('call-timer').waitFor();
async function hangUp(page: Page): Promise<void> {
  await page.getByTestId('call-hangup').click();
  await expect(page.getByTestId('call-timer')).toHaveCount(0);
}

test('a wish to dial is asked for in the window, and answered by keys, by a click, or not at all', async ({ page }) => {
  const open = (source: 'link' | 'selection', text: string, origin: typeof crm | null = null) =>
    agent.client.call('dialRequests.open', { source, text, origin });
  await page.goto(agent.address!);
  await page.getByTestId('dial-box').waitFor();
  const question = page.getByTestId('dial-question');

  // By keys: the arrows choose, Enter dials. 600 is the echo.
  await open('selection', '+44 20 7123 4567\n600');
  await expect(page.getByTestId('dial-confirm')).toBeFocused();
  await expect(page.getByTestId('dial-candidate')).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await isUp(page);
  await expect(question).toHaveCount(0);
  await hangUp(page);

  // Who is typing goes on typing; an Enter meant for the box answers nothing.
  await page.getByTestId('dial-box').fill('Ol');
  await open('link', 'tel:600', crm);
  await expect(page.getByTestId('dial-title')).toContainText('600');
  await expect(page.getByTestId('dial-box')).toBeFocused();
  await page.getByTestId('dial-box').fill('');
  await page.getByTestId('dial-trust').check();
  await expect(page.getByTestId('dial-confirm')).not.toHaveAttribute('aria-disabled');
  await page.getByTestId('dial-confirm').click();
  await isUp(page);
  await hangUp(page);

  // Trusted: the next one dials by itself; what costs is asked for all the same, and Escape closes it.
  await open('link', 'tel:600', crm);
  await isUp(page);
  await hangUp(page);
  await open('link', 'tel:+8816123456789', crm);
  await expect(page.getByTestId('dial-warning').first()).toBeVisible();
  await expect(page.getByTestId('dial-confirm')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  expect(agent.client.calls.filter(({ state }) => state !== 'disconnected')).toEqual([]);
});
