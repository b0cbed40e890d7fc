import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { BaresipPeer } from '#test/support/baresip-peer.ts';
import { pythonWith } from '#test/support/python-modules.ts';
import { bundlePrograms } from '#test/support/shell-process.ts';
import { until } from '#test/support/until.ts';
import { PbxActor } from '#test/scenarios/pbx-stage.ts';

/** As an office keeps it: a chart, a coloured column, a rich text, a drop-down list. */
const workbook = `
import sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1])
bold = book.add_format({'bold': True})
day = book.add_format({'num_format': 'dd.mm.yyyy'})
sheet = book.add_worksheet('Клиенты')
for column, text in enumerate(['ФИО', 'Организация', 'Телефон', 'Город', 'Сумма', 'Статус', 'Дата звонка', 'Комментарий']):
    sheet.write(0, column, text, bold)
people = [
    ('Иванова Ольга', 'ООО «Ромашка»', '102', 'Москва', 12500, ''),
    ('Петров Иван', 'ИП Петров', 'уточнить', 'Тверь', 4000, ''),
    ('Орлов Сергей', 'ООО «Орёл»', '103', 'Казань', 7300, ''),
]
for row, person in enumerate(people, 1):
    for column, value in enumerate(person):
        sheet.write(row, column, value)
sheet.set_column('G:G', 12, day)
sheet.write_rich_string('H2', 'просила ', bold, 'утром')
sheet.conditional_format('E2:E4', {'type': 'data_bar'})
sheet.data_validation('F2:F100', {'validate': 'list', 'source': ['Согласен', 'Отказ', 'Перезвонить']})
chart = book.add_chart({'type': 'column'})
chart.add_series({'values': '=Клиенты!$E$2:$E$4', 'categories': '=Клиенты!$A$2:$A$4'})
sheet.insert_chart('J2', chart)
book.close()
`;

/** Every part of the package but the sheet, as bytes. */
const parts = `
import sys, zipfile, hashlib, json
book = zipfile.ZipFile(sys.argv[1])
print(json.dumps({n: hashlib.sha256(book.read(n)).hexdigest() for n in book.namelist() if n != 'xl/worksheets/sheet1.xml'}))
`;

const python = pythonWith('xlsxwriter');

/** Of the pictures for the guide. */
const language = process.env.OFFHOOK_PICTURES_LANGUAGE === 'en' ? 'en' : 'ru';

let directory: string;
let pbx: PbxActor;
let agent: AgentUnderTest;
let second: BaresipPeer;
let third: BaresipPeer;
let file: string;

const folder = (name: string) => {
  const made = path.join(directory, name);
  mkdirSync(made, { recursive: true });
  return made;
};

function run(script: string, ...args: string[]): string {
  const program = path.join(folder('scripts'), 'script.py');
  writeFileSync(program, script);
  return execFileSync(python!, [program, ...args], { encoding: 'utf8' });
}

function extension(number: string, tone: number, answermode: 'auto' | 'manual'): BaresipPeer {
  return new BaresipPeer({
    directory: folder(`baresip-${number}`),
    address: `sip:${number}@${pbx.at('udp')};transport=udp`,
    parameters: { auth_user: number, auth_pass: pbx.passwords.get(number)!, regint: '60', answermode },
    tone,
    codec: 'PCMA',
  });
}

test.skip(python === null, 'XlsxWriter is missing');

test.beforeAll(async () => {
  test.setTimeout(150_000);
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-walk-'));
  await bundlePrograms();
  pbx = new PbxActor(folder('pbx'));
  await pbx.start();
  [second, third] = [extension('102', 600, 'auto'), extension('103', 900, 'manual')];
  const staticDirectory = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
  agent = new AgentUnderTest({ directory: folder('agent'), audio: 'window', staticDirectory, logLevel: 'warn' });
  await Promise.all([second.start(), third.start(), agent.start()]);
  await Promise.all([second.registered(), third.registered()]);
  const { sipHost: domain, udpPort: serverPort } = pbx.running.addresses;
  await agent.registeredLine({ label: 'Продажи', user: '101', domain, serverPort }, pbx.passwords.get('101')!);
  await agent.client.call('settings.set', { values: { language, theme: 'light' } });
  file = path.join(folder('books'), 'Клиенты.xlsx');
  run(workbook, file);
  const config = { kind: 'sheet' as const, path: file, mappings: [] };
  await agent.client.call('directories.add', { label: 'Клиенты', config, secret: null, everyMinutes: 60 });
  await until('the sheet is there', async () => (await agent.client.call('sheets.list', {})).length === 1, {
    timeout: 30_000,
  });
});

test.afterAll(async () => {
  await Promise.allSettled([agent?.stop(), second?.stop(), third?.stop()]);
  await pbx?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** For the guide, where a folder for its pictures is named. */
async function picture(page: Page, name: string): Promise<void> {
  const pictures = process.env.OFFHOOK_PICTURES;
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}${language === 'en' ? '-en' : ''}.png`) });
}

test('an office calls its customer sheet through, and finds what came of it in the workbook', async ({ page }) => {
  const before = run(parts, file);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.context().grantPermissions(['microphone']);
  await page.goto(agent.address ?? '');
  await page.getByTestId('nav-sheets').click();
  await expect(page.getByTestId('sheet-row')).toHaveCount(3);
  await picture(page, 'sheets-table');

  await page.getByTestId('walk-begin').click();
  await expect(page.getByTestId('walk-who')).toContainText('Иванова Ольга');
  await page.getByTestId('walk-dial').click();
  await second.event('CALL_ESTABLISHED');
  await expect(page.getByTestId('walk-call')).toHaveAttribute('data-state', 'calling');
  await picture(page, 'sheets-call');
  await page.getByTestId('walk-hangup').click();
  await page.getByTestId('outcome').first().click();
  const outcome = (await page.getByTestId('outcome').first().textContent())!.replace(/^\d+\s*/, '').trim();
  await page.getByTestId('result-note').fill('ждёт счёт');
  await picture(page, 'sheets-result');
  await page.getByTestId('walk-next').click();

  // Whoever has no number is passed over, and counted.
  await expect(page.getByTestId('walk-who')).toContainText('Орлов Сергей');
  await page.getByTestId('walk-dial').click();
  await third.event('CALL_INCOMING');
  await third.hangUp();
  await expect(page.getByTestId('walk-call')).toHaveAttribute('data-state', 'wrapping-up');
  await page.getByTestId('walk-next').click();
  await expect(page.getByTestId('walk-finished')).toBeVisible();
  await picture(page, 'sheets-finished');

  const written = async () => {
    const [sheet] = await agent.client.call('sheets.list', {});
    return sheet!.waiting === 0 && sheet!.writtenAt !== null;
  };
  await until('both results are written', written, { timeout: 20_000 });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(readFileSync(file) as unknown as ExcelJS.Buffer);
  const sheet = book.getWorksheet('Клиенты')!;
  const headings = (sheet.getRow(1).values as unknown[]).map(String);
  const cell = (row: number, heading: string) => sheet.getRow(row).getCell(headings.indexOf(heading));
  expect(cell(2, 'Статус').text).toBe(outcome);
  expect(cell(2, 'Комментарий').text).toContain('ждёт счёт');
  expect((cell(2, 'Дата звонка').value as Date).getUTCFullYear()).toBe(new Date().getFullYear());
  expect(cell(4, 'Статус').text).not.toBe('');
  expect(cell(3, 'Статус').text).toBe('');
  expect(JSON.parse(run(parts, file))).toEqual(JSON.parse(before));

  await page.getByTestId('walk-close').click();
  await expect(page.getByTestId('sheet-row').first()).toContainText(outcome);
  await picture(page, 'sheets-written');
});
