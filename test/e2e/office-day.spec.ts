import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { BaresipPeer } from '#test/support/baresip-peer.ts';
import { asShownByLibreOffice, hasLibreOffice } from '#test/support/libre-office.ts';
import { addressOf, expect, readExchange, startOffhook, test, type Started } from './support/office.ts';

const client = '203';
let directory: string;
let offhook: Started;
let baresip: BaresipPeer;

const withoutQuotes = (cell: string) => cell.replace(/^"|"$/g, '');

async function stop({ program }: Started): Promise<void> {
  program.child.kill('SIGINT');
  await program.exited;
}

async function open(page: Page): Promise<void> {
  await page.goto(await addressOf(offhook));
  await page.getByTestId('dial-box').waitFor();
}

async function hangUp(page: Page): Promise<void> {
  await page.getByTestId('call-hangup').click();
  await expect(page.getByTestId('call-timer')).toHaveCount(0);
}

test.beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-day-'));
  offhook = await startOffhook(directory);
  await addressOf(offhook);
  const exchange = readExchange(directory);
  baresip = new BaresipPeer({
    directory: mkdtempSync(path.join(directory, 'baresip-')),
    address: `sip:${client}@127.0.0.1:${exchange.listen.udp};transport=udp`,
    parameters: { auth_user: client, auth_pass: exchange.users[client]!.secret, regint: '60', answermode: 'manual' },
    tone: 700,
    codec: 'PCMA',
  });
  await baresip.start();
  await baresip.registered();
});

test.afterAll(async () => {
  await baresip.stop();
  await stop(offhook);
  rmSync(directory, { recursive: true, force: true });
});

test('a day with baresip: calls appear, get a note and a follow-up, survive a restart, are found, exported and counted', async ({
  page,
  context,
}) => {
  test.setTimeout(150_000);
  await context.grantPermissions(['microphone']);
  await open(page);
  const row = page.getByTestId('call-record').first();
  const target = `sip:201@127.0.0.1:${readExchange(directory).listen.udp}`;

  // It calls and gives up.
  await baresip.dial(target);
  await expect(page.getByTestId('incoming-call')).toBeVisible();
  await baresip.hangUp();
  await expect(row).toHaveAttribute('data-disposition', 'missed');
  await expect(page.getByTestId('records-missed')).toHaveText('Missed · 1');

  // It calls again and is answered, which settles the missed call; a note is written while talking.
  const since = baresip.events.length;
  await baresip.dial(target);
  await page.getByTestId('answer-button').click();
  await baresip.event('CALL_ESTABLISHED', { since });
  await page.getByTestId('note-field').fill('Просит счёт на бумагу, =cmd|x');
  await hangUp(page);
  await expect(row).toHaveAttribute('data-disposition', 'answered');
  await expect(page.getByTestId('records-missed')).toHaveText('Missed');

  // We call; it declines.
  await page.getByTestId('dial-box').fill(client);
  await page.getByTestId('dial-box').press('Enter');
  await baresip.event('CALL_INCOMING', { since });
  await baresip.hangUp();
  await expect(row).not.toHaveAttribute('data-disposition', 'answered');

  await page.getByTestId('dial-box').fill('бумаг');
  await expect(page.getByTestId('list-count')).toHaveText('1 shown');
  await row.click();
  await page.getByTestId('time-tomorrow').click();
  await expect(page.getByTestId('follow-up-band')).toBeVisible();

  await stop(offhook);
  offhook = await startOffhook(directory);
  await open(page);
  await page.getByTestId('dial-box').fill('бумаг');
  await expect(page.getByTestId('list-count')).toHaveText('1 shown');
  await row.click();
  await expect(page.getByTestId('note-field')).toHaveValue('Просит счёт на бумагу, =cmd|x');
  await expect(page.getByTestId('follow-up-band')).toContainText('tomorrow');
  await page.getByTestId('dial-box').fill('');

  if (hasLibreOffice) {
    await page.getByTestId('export-menu').click();
    const downloading = page.waitForEvent('download');
    await page.getByTestId('export-xlsx').click();
    const file = path.join(directory, 'calls.xlsx');
    await (await downloading).saveAs(file);
    const shown = await asShownByLibreOffice(file, directory);
    const [headings = [], ...rows] = shown.trim().split('\n').map((line) => line.split('\t').map(withoutQuotes));
    expect(rows).toHaveLength(3);
    const notes = rows.map((cells) => cells[headings.indexOf('Note')]);
    expect(notes).toContain('Просит счёт на бумагу, =cmd|x');
    expect(rows.every((cells) => cells[headings.indexOf('Number')] === client)).toBe(true);
  }

  await page.getByTestId('nav-reports').click();
  await page.getByTestId('report-period').selectOption('today');
  const figure = (id: string) => page.getByTestId(`figure-${id}`).getByTestId('figure-value');
  await expect(figure('calls')).toHaveText('3');
  await expect(figure('missed')).toHaveText('1');
  await expect(figure('answeredShare')).toHaveText('50%');
  await expect(page.getByTestId('figure-missed')).toContainText('called back: 1');
});
