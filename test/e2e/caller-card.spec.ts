import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { ldapPresets } from '#contract/ipc/ldap-presets.ts';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { BaresipPeer } from '#test/support/baresip-peer.ts';
import { hasLibreOffice } from '#test/support/libre-office.ts';
import { bundlePrograms } from '#test/support/shell-process.ts';
import { hasSlapd, SlapdServer } from '#test/support/slapd-server.ts';
import { until } from '#test/support/until.ts';

const number = '+74950001234';
const suffix = 'dc=office,dc=test';

const content = `
dn: ${suffix}
objectClass: dcObject
objectClass: organization
dc: office
o: Office

dn: uid=olga,${suffix}
objectClass: inetOrgPerson
uid: olga
cn: Ольга Демидова
sn: Демидова
givenName: Ольга
title: директор
departmentNumber: Закупки
telephoneNumber: +7 495 000-12-34
mobile: +7 903 000-00-42
mail: olga@obrazets.test
`;

let directory: string;
let slapd: SlapdServer;
let baresip: BaresipPeer;
let agent: AgentUnderTest;

const folder = (name: string) => {
  const made = path.join(directory, name);
  mkdirSync(made, { recursive: true });
  return made;
};

/** A customer sheet as LibreOffice writes it. */
function writeSheet(): string {
  const csv = path.join(folder('sheet'), 'Клиенты.csv');
  const rows = [
    'Код;ФИО;Организация;Телефон;Менеджер;Комментарий',
    'К-1;Иванов Иван;ИП Иванов;8 916 000-00-01;Петрова;',
    'К-2;Демидова Ольга Сергеевна;ООО «Образец»;8 (495) 000-12-34;Соколова;Просит счёт до пятницы',
  ];
  writeFileSync(csv, rows.join('\n'));
  const profile = `-env:UserInstallation=file://${path.join(directory, 'profile')}`;
  const filters = ['--infilter=Text - txt - csv (StarCalc):59,34,76', '--convert-to', 'xlsx', '--outdir', folder('sheet')];
  execFileSync('soffice', ['--headless', profile, ...filters, csv], { stdio: 'pipe', timeout: 90_000 });
  rmSync(csv);
  return path.join(folder('sheet'), 'Клиенты.xlsx');
}

async function allRead(): Promise<void> {
  const read = async () => {
    const list = await agent.client.call('directories.list', {});
    const failed = list.find(({ problem }) => problem !== null);
    if (failed) throw new Error(JSON.stringify(failed.problem));
    return list.filter(({ kind }) => kind !== 'own').every(({ refreshedAt, state }) => refreshedAt !== null && state === 'idle');
  };
  await until('every directory is read', read, { timeout: 30_000 });
}

/** The ticket is good once. */
async function open(page: Page): Promise<void> {
  await page.context().grantPermissions(['microphone']);
  await page.goto(agent.address ?? '');
  await page.getByTestId('dial-box').waitFor();
}

test.skip(!hasSlapd || !hasLibreOffice, 'slapd or LibreOffice is missing');

test.beforeAll(async () => {
  test.setTimeout(150_000);
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-card-'));
  await bundlePrograms();
  slapd = new SlapdServer({ directory: folder('slapd'), suffix, content });
  baresip = new BaresipPeer({
    directory: folder('baresip'),
    address: `sip:${number}@127.0.0.1;transport=udp`,
    parameters: { answermode: 'manual' },
    tone: 600,
  });
  const staticDirectory = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
  agent = new AgentUnderTest({ directory: folder('agent'), audio: 'window', staticDirectory, logLevel: 'warn' });
  await Promise.all([slapd.start(), baresip.start(), agent.start()]);
  // baresip is no registrar; it hears where the agent listens all the same.
  const lineId = await agent.addLine({ label: 'Продажи', user: '1001', domain: '127.0.0.1', serverPort: baresip.sipPort }, '');
  await agent.lineIs(lineId, 'unreachable');
  const common = { secret: null, everyMinutes: 60 };
  const sheet = { kind: 'sheet' as const, path: writeSheet() };
  await agent.client.call('directories.add', { label: 'Клиенты', config: sheet, ...common });
  const { filter, attributes } = ldapPresets.openldap;
  const ldap = { preset: 'openldap' as const, host: '127.0.0.1', port: slapd.port, security: 'none' as const, base: suffix, filter, attributes };
  await agent.client.call('directories.add', { label: 'Сотрудники', config: { kind: 'ldap', ...ldap }, ...common });
  await allRead();
});

test.afterAll(async () => {
  await Promise.allSettled([agent.stop(), baresip.stop(), slapd.stop()]);
  rmSync(directory, { recursive: true, force: true });
});

test('a call of baresip pops the card of the person whom Excel and LDAP know, merged, and the list finds them', async ({ page }) => {
  await until('both entries are one person', async () => {
    const { rows } = await agent.client.call('people.list', { text: 'демидова', offset: 0, limit: 10 });
    return rows.length === 1 && rows[0]?.directoryIds.length === 2;
  });
  await open(page);
  const contact = /\nContact: <(sip:[^>;]+)/.exec(baresip.trace)?.[1] ?? '';
  await baresip.dial(contact);
  await expect(page.getByTestId('incoming-who')).toHaveText(/Демидова/);
  await expect(page.getByTestId('incoming-about')).toContainText('ООО «Образец»');
  await expect(page.getByTestId('incoming-about')).toContainText('директор');
  // There is room beside the card: its longer part is there by itself.
  const detail = page.getByTestId('card-detail');
  await expect(detail).toContainText('Просит счёт до пятницы');
  await expect(detail).toContainText('Клиенты');
  await expect(detail).toContainText('Сотрудники');
  await expect(detail).toContainText('+7 903 000-00-42');
  await baresip.hangUp();
  await expect(page.getByTestId('incoming-call')).toHaveCount(0);
  await expect(page.getByTestId('call-record').first()).toContainText('Демидова');

  // They are found by any part, in the wrong keyboard layout too.
  await page.getByTestId('nav-people').click();
  for (const text of ['демид', 'ltvbl', 'образец', '903 000', 'пятницы']) {
    await page.getByTestId('people-search').fill(text);
    await expect(page.getByTestId('person-row')).toHaveCount(1);
    await expect(page.getByTestId('person-row')).toContainText('Демидова');
  }
});
