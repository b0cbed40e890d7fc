import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { ODataServer, type Infobase } from '#test/support/odata-server.ts';
import { CollectedReading } from '../directory-reading.test-support.ts';
import { openOnecDirectory } from './onec-directory.ts';

const guid = (n: number) => `9d5c422d-8c4c-11db-a9b0-${String(n).padStart(12, '0')}`;
const mobileKind = guid(900);
const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };

function infobase(firms = 2): Infobase {
  const sets: Infobase['sets'] = {
    Catalog_ВидыКонтактнойИнформации: [
      { Ref_Key: mobileKind, Description: 'Мобильный телефон' },
      { Ref_Key: guid(901), Description: 'Юридический адрес' },
    ],
    Catalog_Контрагенты: [
      ...Array.from({ length: firms }, (_, n) => ({
        Ref_Key: guid(n + 1),
        Description: `Фирма ${n + 1}`,
        НаименованиеПолное: `ООО «Фирма ${n + 1}»`,
        ИНН: '7700000000',
        DeletionMark: false,
        IsFolder: false,
      })),
      { Ref_Key: guid(800), Description: 'Удалённая', DeletionMark: true, IsFolder: false },
      { Ref_Key: guid(801), Description: 'Папка', DeletionMark: false, IsFolder: true },
    ],
    Catalog_Контрагенты_КонтактнаяИнформация: [
      {
        Ref_Key: guid(1),
        LineNumber: '1',
        Тип: 'Телефон',
        Вид_Key: mobileKind,
        Представление: '+7 (495) 123-45-67, доб. 12',
        НомерТелефона: '74951234567',
      },
      {
        Ref_Key: guid(1),
        LineNumber: '2',
        Тип: 'АдресЭлектроннойПочты',
        АдресЭП: 'firm@example.ru',
        Представление: 'firm@example.ru',
      },
      { Ref_Key: guid(1), LineNumber: '3', Тип: 'Адрес', Вид_Key: guid(901), Представление: 'Москва, Садовая, 1' },
      {
        Ref_Key: guid(2),
        LineNumber: '1',
        Тип: 'Телефон',
        Значение: '{"countryCode":"7","areaCode":"916","number":"123-45-67","extNumber":""}',
      },
    ],
    Catalog_КонтактныеЛица: [
      {
        Ref_Key: guid(500),
        Owner_Key: guid(1),
        Description: 'Иванов Иван Иванович',
        Должность: 'Директор',
        DeletionMark: false,
      },
    ],
    Catalog_КонтактныеЛица_КонтактнаяИнформация: [
      { Ref_Key: guid(500), LineNumber: '1', Тип: 'Телефон', НомерТелефона: '79161112233', Представление: '' },
      { Ref_Key: guid(500), LineNumber: '2', Тип: 'ВебСтраница', Представление: 'example.ru' },
    ],
    Document_ТелефонныйЗвонок: [],
  };
  return { sets, user: 'Оператор', password: 'пароль' };
}

const config = (url: string, changes: Partial<DirectoryConfigOf<'onec'>> = {}): DirectoryConfigOf<'onec'> => ({
  kind: 'onec',
  url,
  user: 'Оператор',
  catalogs: ['Catalog_Контрагенты', 'Catalog_КонтактныеЛица'],
  infobase: '',
  ...changes,
});

describe('1C by OData', () => {
  let base: Infobase;
  let server: ODataServer;
  beforeEach(async () => {
    base = infobase();
    server = await ODataServer.start(base);
  });
  afterEach(() => server.stop());

  const reading = () => new CollectedReading({ secret: 'пароль' });
  const refresh = async (changes: Partial<DirectoryConfigOf<'onec'>> = {}) => {
    const collected = reading();
    const outcome = await openOnecDirectory(config(server.url, changes), environment).refresh(collected);
    return { collected, outcome, of: (key: string) => collected.entries.get(key) };
  };

  it('gives counterparties with their numbers, mail and addresses', async () => {
    const { outcome, of } = await refresh();
    expect(outcome).toEqual({ kind: 'complete', cursor: null });
    expect(of(`Catalog_Контрагенты:${guid(1)}`)).toMatchObject({
      name: 'Фирма 1',
      firm: 'ООО «Фирма 1»',
      numbers: [{ text: '+7 (495) 123-45-67, доб. 12', label: 'mobile' }],
      emails: ['firm@example.ru'],
      fields: [
        { name: 'ИНН', value: '7700000000' },
        { name: 'Юридический адрес', value: 'Москва, Садовая, 1' },
      ],
      place: 'Контрагенты › Фирма 1',
      open: null,
    });
    expect(of(`Catalog_Контрагенты:${guid(2)}`)?.numbers).toEqual([{ text: '+79161234567', label: '' }]);
  });

  it('gives contact persons with their firm and role', async () => {
    expect((await refresh()).of(`Catalog_КонтактныеЛица:${guid(500)}`)).toMatchObject({
      name: 'Иванов Иван Иванович',
      firm: 'Фирма 1',
      role: 'Директор',
      numbers: [{ text: '+79161112233', label: '' }],
      links: ['http://example.ru'],
    });
  });

  it('leaves out folders and what is marked for deletion', async () => {
    const { collected } = await refresh();
    expect([...collected.entries.values()].map(({ name }) => name)).not.toEqual(expect.arrayContaining(['Папка']));
    expect(collected.entries.size).toBe(3);
  });

  it('opens a card by the link of its infobase', async () => {
    const { of } = await refresh({ infobase: 'e1c://server/host/base' });
    expect(of(`Catalog_Контрагенты:${guid(1)}`)?.open).toEqual({
      kind: 'url',
      url: `e1c://server/host/base#e1cib/data/Справочник.Контрагенты?ref=a9b000000000000111db8c4c9d5c422d`,
    });
  });

  it('reads thousands page by page', async () => {
    Object.assign(base.sets, infobase(2500).sets);
    const { collected } = await refresh();
    expect(collected.entries.size).toBe(2501);
    const pages = server.requests.filter((request) => request.startsWith('Catalog_Контрагенты?'));
    expect(pages.length).toBeGreaterThan(3);
  });

  it('shows what there is to choose before anything is taken over', async () => {
    const collected = reading();
    const preview = await openOnecDirectory(
      config(server.url, { catalogs: ['Catalog_Контрагенты'] }),
      environment,
    ).preview(collected);
    expect(preview.parts).toEqual([
      { id: 'Catalog_Контрагенты', label: 'Контрагенты' },
      { id: 'Catalog_КонтактныеЛица', label: 'КонтактныеЛица' },
    ]);
    expect(preview.count).toBe(3);
    expect([...collected.entries.values()][0]?.numbers).toHaveLength(1);
  });

  it('takes nobody for gone when a catalog is not published any more', async () => {
    delete base.sets['Catalog_КонтактныеЛица'];
    await expect(refresh()).rejects.toMatchObject({
      code: 'directory.bad-answer',
      detail: expect.stringContaining('Catalog_КонтактныеЛица'),
    });
  });

  it.each([
    ['a page for people', 200, '<html><body>Вход в систему</body></html>', 'directory.bad-answer'],
    ['something else in JSON', 200, '{"a":1}', 'directory.bad-answer'],
    ['no rights', 403, '', 'directory.forbidden'],
    ['another place', 404, '<html>', 'directory.bad-answer'],
    [
      'a failure',
      500,
      '{"odata.error":{"code":"-1","message":{"lang":"ru","value":"Ошибка блокировки"}}}',
      'directory.server-failed',
    ],
  ])('says so when the server answers with %s', async (_what, status, body, code) => {
    server.instead = (_request, response) => void response.writeHead(status).end(body);
    await expect(refresh()).rejects.toMatchObject({ code });
  });

  it('says so when the password is wrong, and never shows it', async () => {
    const source = openOnecDirectory(config(server.url), environment);
    const failure = await source.refresh(new CollectedReading({ secret: 'тайна' })).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'directory.wrong-password' });
    expect(JSON.stringify(failure)).not.toContain('тайна');
  });
});
