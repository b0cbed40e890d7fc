import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHttpClient } from '#core/network/index.ts';
import { ODataServer, type Infobase } from '#test/support/odata-server.ts';
import { hostileText } from '../hostile-text.test-support.ts';
import type { JournalledCall } from '../journals/index.ts';
import { openOnecJournalTarget } from './onec-journal-target.ts';
import { callDocument, documentFields, documentKey, documentSet } from './phone-call-document.ts';

const firm = '9d5c422d-8c4c-11db-a9b0-00055d49b45e';
const moscow = () => 180;
const call: JournalledCall = {
  ...{ callId: 'call-1', direction: 'incoming', disposition: 'answered', number: '+74951234567' },
  ...{
    display: '+7 495 123-45-67',
    name: 'Иванов Иван',
    firm: 'ООО «Ромашка»',
    entryKey: `Catalog_Контрагенты:${firm}`,
  },
  ...{ offeredAt: Date.UTC(2026, 0, 15, 21, 30), answeredAt: Date.UTC(2026, 0, 15, 21, 30, 5) },
  ...{ endedAt: Date.UTC(2026, 0, 15, 21, 32, 10), lineLabel: 'Офис', note: 'Перезвонить\nзавтра', outcome: 'Заказ' },
};

describe('calls as documents of 1C', () => {
  let base: Infobase;
  let server: ODataServer;
  beforeEach(async () => {
    const writable = { [documentSet]: [...documentFields, 'АбонентКонтакт'] };
    base = { sets: { [documentSet]: [] }, user: 'Оператор', password: 'пароль', writable };
    server = await ODataServer.start(base);
  });
  afterEach(() => server.stop());

  const documents = () => base.sets[documentSet] ?? [];
  const target = (changes: { url?: string; password?: string } = {}) =>
    openOnecJournalTarget({
      ...{ url: server.url, user: 'Оператор', password: 'пароль', zoneOffset: moscow, ...changes },
      http: async (_url, signal) => openHttpClient({ proxyFor: () => null }, { signal, timeout: 1000 }),
    });
  const write = (given: JournalledCall = call, reference: string | null = null, changes = {}) =>
    target(changes).write(given, reference, AbortSignal.timeout(5000));

  it('hold whom it was with, which way, when, how long, and the note', async () => {
    const { reference } = await write();
    expect(documents()).toEqual([
      {
        Ref_Key: reference,
        DeletionMark: false,
        Date: '2026-01-16T00:30:00',
        АбонентКонтакт: firm,
        АбонентКонтакт_Type: 'StandardODATA.Catalog_Контрагенты',
        АбонентПредставление: 'Иванов Иван, ООО «Ромашка»',
        АбонентКакСвязаться: '+74951234567',
        Входящий: true,
        Тема: 'Входящий звонок: Иванов Иван, ООО «Ромашка»',
        Описание: [
          'Входящий звонок, номер +7 495 123-45-67',
          'Начало: 2026-01-16 00:30:00',
          'Ответ: 2026-01-16 00:30:05',
          'Окончание: 2026-01-16 00:32:10',
          'Длительность: 2 мин 5 с',
          'Итог: разговор состоялся',
          'Линия: Офис',
          'Результат: Заказ',
          '',
          'Перезвонить\nзавтра',
        ].join('\n'),
        Комментарий: 'Offhook call-1',
      },
    ]);
    expect(reference).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('are asked for as OData 3 has it: guid and datetime literals, JSON, one percent-encoding of Cyrillic', async () => {
    await write();
    expect(server.requests).toEqual([
      `${documentSet}(guid'${documentKey('call-1')}')?$format=json`,
      `${documentSet}?$filter=Date eq datetime'2026-01-16T00:30:00'&$select=Ref_Key,Комментарий&$top=100&$format=json`,
      `POST ${documentSet}?$format=json`,
    ]);
  });

  it('change when the note does, and keep their date', async () => {
    const { reference } = await write();
    Object.assign(documents()[0] ?? {}, { Date: '2026-01-16T10:00:00' });
    await write({ ...call, note: 'Заказал' }, reference);
    expect(documents()).toHaveLength(1);
    expect(documents()[0]).toMatchObject({ Date: '2026-01-16T10:00:00', Описание: expect.stringContaining('Заказал') });
  });

  it('do not count as changed when a page answered', async () => {
    const { reference } = await write();
    server.instead = (_request, response) => void response.writeHead(200).end('<html>Вход</html>');
    await expect(write({ ...call, note: 'x' }, reference)).rejects.toMatchObject({ code: 'delivery.failed' });
  });

  it('of a stranger have no counterparty', async () => {
    await write({ ...call, entryKey: null, name: '', firm: '', number: null, display: 'Номер скрыт' });
    expect(documents()[0]).not.toHaveProperty('АбонентКонтакт');
    expect(documents()[0]).toMatchObject({ АбонентПредставление: 'Номер скрыт', АбонентКакСвязаться: 'Номер скрыт' });
  });

  it('do without a counterparty of a kind that this configuration does not take', async () => {
    server.contactTypes = ['StandardODATA.Catalog_Партнеры'];
    const { reference } = await write();
    expect(documents()[0]).not.toHaveProperty('АбонентКонтакт');
    await write({ ...call, note: 'x' }, reference);
    expect(documents()).toHaveLength(1);
  });

  it.each(['cut', 'page'] as const)('are there once when the answer was lost: %s', async (afterWrite) => {
    server.afterWrite = afterWrite;
    await expect(write()).rejects.toMatchObject({ code: expect.stringMatching(/^delivery\.(unreachable|failed)$/) });
    server.afterWrite = 'answer';
    const { reference } = await write();
    expect(documents()).toHaveLength(1);
    expect(documents()[0]?.['Ref_Key']).toBe(reference);
  });

  it('are there once also where 1C gives keys of its own', async () => {
    server.ownKeys = true;
    server.afterWrite = 'cut';
    await expect(write()).rejects.toMatchObject({ code: 'delivery.unreachable' });
    server.afterWrite = 'answer';
    const { reference } = await write();
    await write({ ...call, note: 'x' }, reference);
    expect(documents()).toHaveLength(1);
    expect(reference).toBe(documents()[0]?.['Ref_Key']);
    await write({ ...call, callId: 'call-2' });
    expect(documents()).toHaveLength(2);
  });

  it('that somebody deleted are not made anew', async () => {
    const { reference } = await write();
    documents().length = 0;
    await expect(write(call, reference)).rejects.toMatchObject({ code: 'delivery.refused' });
    expect(documents()).toEqual([]);
  });

  it.each([
    [
      'does not publish the document',
      404,
      '{"odata.error":{"code":"8","message":{"lang":"ru","value":"Сущность не найдена"}}}',
      'delivery.no-object',
    ],
    ['does not let the user in', 401, '<html>', 'delivery.not-allowed'],
    ['gives no rights', 403, '', 'delivery.not-allowed'],
    [
      'has failed',
      500,
      '{"odata.error":{"code":"-1","message":{"lang":"ru","value":"Ошибка блокировки"}}}',
      'delivery.failed',
    ],
    ['is being updated', 503, '<html>Идёт обновление</html>', 'delivery.failed'],
    ['shows a page', 200, '<html>Вход</html>', 'delivery.failed'],
    ['is not where it was for a while', 404, '<html>Not Found</html>', 'delivery.failed'],
    [
      'takes no such value',
      400,
      '{"odata.error":{"code":"14","message":{"lang":"ru","value":"Ошибка разбора"}}}',
      'delivery.refused',
    ],
  ])('wait or are given up when 1C %s', async (_what, status, body, code) => {
    server.instead = (_request, response) => void response.writeHead(status).end(body);
    await expect(write()).rejects.toMatchObject({ code, values: { host: new URL(server.url).host } });
  });

  it('are given up when the user may read alone', async () => {
    server.readOnly = true;
    await expect(write()).rejects.toMatchObject({ code: 'delivery.not-allowed' });
  });

  it('wait while nobody answers, and while somebody answers too slowly', async () => {
    const gone = 'http://127.0.0.1:1/base/odata/standard.odata';
    await expect(write(call, null, { url: gone })).rejects.toMatchObject({ code: 'delivery.unreachable' });
    server.instead = () => undefined;
    await expect(write()).rejects.toMatchObject({ code: 'delivery.unreachable' });
  });

  it('never show the password', async () => {
    const failure = await write(call, null, { password: 'тайна' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'delivery.not-allowed' });
    expect(JSON.stringify(failure)).not.toContain('тайна');
  });

  it('hold what a caller calls himself as a text that 1C can keep', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, note) => {
        const row = callDocument({ ...call, name, note, outcome: name, display: name }, moscow);
        for (const value of Object.values(row)) {
          if (typeof value !== 'string') continue;
          expect(value.isWellFormed()).toBe(true);
          // XML 1.0, section 2.2.
          expect(value).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
        }
        expect(String(row['Тема']).length).toBeLessThanOrEqual(150);
        expect(row['Тема']).not.toContain('\n');
      }),
      { numRuns: 200 },
    );
  });
});

describe('a look at 1C before anything is written', () => {
  const look = async (fields: readonly string[] | null) => {
    const writable: Record<string, readonly string[]> = fields ? { [documentSet]: fields } : {};
    const sets: Infobase['sets'] = fields ? { [documentSet]: [] } : {};
    const server = await ODataServer.start({ sets, user: 'u', password: 'p', writable });
    const http = async (_url: string, signal: AbortSignal) => openHttpClient({ proxyFor: () => null }, { signal });
    try {
      return await openOnecJournalTarget({ url: server.url, user: 'u', password: 'p', http }).check(
        AbortSignal.timeout(5000),
      );
    } finally {
      await server.stop();
    }
  };

  it('gives the name of the infobase', async () => {
    expect(await look(documentFields)).toEqual({ note: 'base' });
  });

  it('says what is not published', async () => {
    await expect(look(null)).rejects.toMatchObject({ code: 'delivery.no-object', values: { object: documentSet } });
    await expect(look(['Date'])).rejects.toMatchObject({
      code: 'delivery.no-object',
      values: { object: `${documentSet}.АбонентПредставление` },
    });
  });
});
