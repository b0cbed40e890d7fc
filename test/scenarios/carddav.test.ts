import net, { type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openCarddavDirectory } from '#core/contacts/directories/carddav/carddav-directory.ts';
import { CollectedReading } from '#core/contacts/directories/directory-reading.test-support.ts';
import type { RefreshOutcome } from '#core/contacts/directories/directory-source.ts';
import { appleCards, googleCard, nextcloudCard } from '#core/contacts/directories/vcard/dialects.test-support.ts';
import { hasRadicale, RadicaleServer } from '#test/support/radicale-server.ts';
import { openStage } from '#test/support/stage.ts';

const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
const card = (id: string, name: string, number: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${id}\r\nFN:${name}\r\nN:${name};;;;\r\nTEL;TYPE=CELL:${number}\r\nEND:VCARD\r\n`;

async function openServer(): Promise<RadicaleServer> {
  const stage = openStage();
  return stage.enter(new RadicaleServer(stage.folder('radicale')));
}

interface Asked {
  url?: string;
  secret?: string;
  addressBooks?: string[];
  cursor?: string | null;
}

function sourceOf(server: RadicaleServer, { url = server.url, secret, addressBooks = [], cursor = null }: Asked = {}) {
  const config = { kind: 'carddav', url, user: server.user, addressBooks } as const;
  const reading = new CollectedReading({ secret: secret ?? server.password, cursor });
  const source = openCarddavDirectory(config, environment, { timeout: 2000 });
  return { reading, source };
}

async function refresh(
  server: RadicaleServer,
  asked: Asked = {},
  last: { reading: CollectedReading; outcome: RefreshOutcome } | null = null,
) {
  const { reading, source } = sourceOf(server, { cursor: last?.outcome.cursor ?? null, ...asked });
  for (const [key, entry] of last?.reading.entries ?? []) reading.entries.set(key, entry);
  const outcome = await source.refresh(reading);
  const numbers = [...reading.entries.values()].flatMap((entry) => entry.numbers.map(({ text }) => text)).sort();
  return { reading, outcome, numbers };
}

describe.skipIf(!hasRadicale)('the address books of radicale', () => {
  test('are found from the address of the server, the account or one of them', async () => {
    const server = await openServer();
    const clients = await server.makeBook('clients', 'Клиенты и «прочие»');
    await server.makeBook('own', '2024');
    await server.putCard(clients, 'a', card('a', 'Ольга', '+74951234567'));
    const account = `${server.url}${encodeURIComponent(server.user)}/`;
    for (const url of [server.url, account]) {
      const { source, reading } = sourceOf(server, { url });
      const preview = await source.preview(reading);
      expect(preview.count).toBe(1);
      expect(preview.parts.map(({ label }) => label).sort()).toEqual(['2024', 'Клиенты и «прочие»']);
      expect([...reading.entries.values()]).toMatchObject([{ name: 'Ольга', place: 'Клиенты и «прочие» › Ольга' }]);
    }
    const { source, reading } = sourceOf(server, { url: clients });
    expect((await source.preview(reading)).parts).toEqual([{ id: clients, label: 'Клиенты и «прочие»' }]);
  });

  test('are read once, and then only what changed in them', async () => {
    const server = await openServer();
    const book = await server.makeBook('book', 'Клиенты');
    for (let index = 0; index < 95; index += 1)
      await server.putCard(book, `c${index}`, card(`c${index}`, `Имя ${index}`, `+7495000${1000 + index}`));
    const first = await refresh(server);
    expect(first.outcome.kind).toBe('complete');
    expect(first.numbers).toHaveLength(95);
    expect(first.reading.told.at(-1)).toEqual({ done: 95, total: 95 });

    const second = await refresh(server, {}, first);
    expect(second).toMatchObject({ outcome: { kind: 'unchanged' }, reading: { puts: 0, removed: [] } });

    await server.putCard(book, 'новый клиент', card('new', 'Новый', '+74950009999'));
    await server.putCard(book, 'c3', card('c3', 'Имя 3', '+74950008888'));
    await server.deleteCard(book, 'c4');
    const third = await refresh(server, {}, second);
    expect(third).toMatchObject({ outcome: { kind: 'partial' }, reading: { puts: 1 } });
    expect(third.reading.removed).toEqual(
      [...first.reading.entries].filter(([, { name }]) => name === 'Имя 4').map(([key]) => key),
    );
    expect(third.numbers).toHaveLength(95);
    expect(third.numbers.slice(-2)).toEqual(['+74950008888', '+74950009999']);

    await server.deleteCard(book, 'новый клиент');
    const fourth = await refresh(server, {}, third);
    expect(fourth.numbers).toHaveLength(94);
    expect((await refresh(server, {}, fourth)).outcome.kind).toBe('unchanged');
  });

  test('are compared card by card where the server has forgotten what it said last', async () => {
    const server = await openServer();
    const book = await server.makeBook('book', 'Клиенты');
    for (const id of ['a', 'b', 'c'])
      await server.putCard(book, id, card(id, id, `+7495000000${id.charCodeAt(0) % 10}`));
    const first = await refresh(server);
    await server.deleteCard(book, 'b');
    await server.putCard(book, 'c', card('c', 'c', '+74951111111'));
    const forgotten = first.outcome.cursor!.replace(/"token":"[^"]*"/, '"token":"http://radicale.org/ns/sync/0000"');
    expect(forgotten).not.toBe(first.outcome.cursor);
    const second = await refresh(server, { cursor: forgotten }, first);
    expect(second).toMatchObject({ outcome: { kind: 'partial' }, reading: { puts: 1 } });
    expect(second.reading.removed).toHaveLength(1);
    expect(second.numbers).toEqual(['+74950000007', '+74951111111']);
  });

  test('are those that the user chose, and the entries of the others go', async () => {
    const server = await openServer();
    const one = await server.makeBook('one', 'Одна');
    const other = await server.makeBook('other', 'Другая');
    await server.putCard(one, 'a', card('a', 'А', '+74950000001'));
    await server.putCard(other, 'b', card('b', 'Б', '+74950000002'));
    const both = await refresh(server);
    expect(both.numbers).toEqual(['+74950000001', '+74950000002']);
    expect((await refresh(server, { addressBooks: [one] }, both)).numbers).toEqual(['+74950000001']);
    await expect(refresh(server, { addressBooks: ['http://127.0.0.1/gone/'] })).rejects.toMatchObject({
      code: 'directory.bad-answer',
    });
  });

  test('hold the cards of all programs, and nobody for a group', async () => {
    const server = await openServer();
    const book = await server.makeBook('book', 'Все');
    const apple = appleCards.split(/(?<=END:VCARD\r\n)/);
    const cards = [googleCard.replace('VERSION', 'UID:g\r\nVERSION'), nextcloudCard, ...apple];
    for (const [index, each] of cards.entries())
      await server.putCard(book, `c${index}`, each.replace('N:Друзья', 'UID:gr\r\nN:Друзья'));
    const { reading } = await refresh(server);
    const names = [...reading.entries.values()].map(({ name, photo }) => [name, photo?.type ?? null]);
    expect(names.sort()).toEqual([
      ['Лебедев Пётр Ильич', 'image/jpeg'],
      ['Склад', null],
      ['Соколов Артём', null],
      ['Такси «Заря»', null],
    ]);
    expect(reading.skipped).toMatchObject([{ code: 'entry.photo-unreadable' }]);
  });
});

describe.skipIf(!hasRadicale)('a server of address books', () => {
  test('that refuses the password, is down or never answers is told apart, with no secret in it', async () => {
    const server = await openServer();
    const book = await server.makeBook('book', 'Клиенты');
    await server.putCard(book, 'a', card('a', 'А', '+74950000001'));
    const told = async (asked: Asked) => refresh(server, asked).catch((error: unknown) => error);
    const wrong = await told({ secret: 'falsch' });
    expect(wrong).toMatchObject({ code: 'directory.wrong-password', values: { host: new URL(server.url).host } });
    expect(JSON.stringify([wrong, String(wrong)])).not.toContain('falsch');
    await server.stop();
    expect(await told({})).toMatchObject({ code: 'directory.unreachable' });
    const sockets = new Set<net.Socket>();
    const silent = net.createServer((socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      silent.close();
      for (const socket of sockets) socket.destroy();
    });
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    expect(await told({ url })).toMatchObject({ code: 'directory.timed-out' });
  });
});
