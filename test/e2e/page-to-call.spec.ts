import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { ExtendedBrowser } from '#test/support/extended-browser.ts';
import { bundlePrograms } from '#test/support/shell-process.ts';
import { PbxActor } from '../scenarios/pbx-stage.ts';

let directory: string;
let pbx: PbxActor;
let agent: AgentUnderTest;
let browser: ExtendedBrowser;

const folder = (name: string) => {
  const made = path.join(directory, name);
  mkdirSync(made, { recursive: true });
  return made;
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await bundlePrograms();
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-page-to-call-'));
  pbx = new PbxActor(folder('pbx'));
  await pbx.start();
  const staticDirectory = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
  agent = new AgentUnderTest({
    ...{ directory: folder('agent'), audio: 'window', staticDirectory, logLevel: 'warn', localApi: true },
  });
  await agent.start();
  const [domain, port] = pbx.at('udp').split(':');
  await agent.registeredLine({ user: '101', domain: domain!, serverPort: Number(port) }, pbx.passwords.get('101')!);
  browser = new ExtendedBrowser(agent.api);
  await browser.start();
});
test.afterAll(async () => {
  await browser?.stop();
  await agent?.stop();
  await pbx?.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('a number on a page of the web becomes a call by a click there and a key in Offhook', async ({ page: phone }) => {
  await phone.context().grantPermissions(['microphone']);
  await phone.goto(agent.address!);
  await phone.getByTestId('dial-box').waitFor();
  const page = await browser.open('<p>8 (495) 123-45-67</p><a id="echo" href="tel:600">Эхо</a>');
  // A mark says that the extension has seen the page.
  await page.waitForFunction(() => CSS.highlights.get('offhook-number')?.size === 1);
  await page.click('#echo');
  await expect(phone.getByTestId('dial-question')).toBeVisible();
  // The page alone calls nobody.
  await expect(phone.getByTestId('call-timer')).toHaveCount(0);
  await expect(phone.getByTestId('dial-title')).toContainText('600');
  await expect(phone.getByTestId('dial-confirm')).not.toHaveAttribute('aria-disabled');
  await phone.getByTestId('dial-confirm').click();
  await phone.getByTestId('call-timer').waitFor();
  await phone.getByTestId('call-hangup').click();
  await expect(phone.getByTestId('call-timer')).toHaveCount(0);
});
