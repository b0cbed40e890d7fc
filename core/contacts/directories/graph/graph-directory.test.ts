import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { GraphServer } from '#test/support/graph-server.ts';
import { CollectedReading } from '../directory-reading.test-support.ts';
import { packAccount } from './graph-account.ts';
import { openGraphDirectory } from './graph-directory.ts';
import { GraphSignIn } from './graph-sign-in.ts';
import { WantedRights } from './wanted-rights.ts';

const config: DirectoryConfigOf<'graph'> = { kind: 'graph', clientId: 'app', tenant: 'common' };
const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
const contact = (id: string, fields: object = {}) => ({
  id,
  displayName: `Имя ${id}`,
  mobilePhone: '+7 916 123-45-67',
  ...fields,
});

describe('Microsoft 365', () => {
  let server: GraphServer;
  let secret = '';
  beforeEach(async () => {
    server = await GraphServer.start();
    secret = packAccount({ refreshToken: 'first', clientId: 'app', tenant: 'common' });
  });
  afterEach(() => server.stop());

  const source = () => openGraphDirectory(config, environment, server.endpoints);
  const refresh = async (cursor: string | null = null) => {
    const reading = new CollectedReading({ cursor, secret });
    try {
      const outcome = await source().refresh(reading);
      return { outcome, reading, keys: [...reading.entries.keys()].map((key) => key.split(' ')[1]) };
    } finally {
      secret = reading.secret ?? '';
    }
  };

  it('gives every contact of every folder, page by page', async () => {
    for (let n = 1; n <= 7; n++) server.put(contact(`c${n}`));
    server.folders.set('f/1', 'Клиенты');
    server.put(
      contact('k1', {
        companyName: 'ООО «Ромашка»',
        jobTitle: 'Директор',
        department: 'Продажи',
        businessPhones: ['8 (495) 123-45-67', null],
        homePhones: ['123-45-67'],
        emailAddresses: [{ address: 'k1@example.ru', name: 'k1' }],
        personalNotes: 'важный',
        businessHomePage: 'example.ru',
        categories: ['VIP'],
      }),
      'f/1',
    );
    const { outcome, reading } = await refresh();
    expect(outcome.kind).toBe('complete');
    expect(reading.entries.size).toBe(8);
    expect(reading.entries.get('f/1 k1')).toMatchObject({
      name: 'Имя k1',
      firm: 'ООО «Ромашка»',
      role: 'Директор',
      department: 'Продажи',
      numbers: [
        { text: '8 (495) 123-45-67', label: 'work' },
        { text: '+7 916 123-45-67', label: 'mobile' },
        { text: '123-45-67', label: 'home' },
      ],
      emails: ['k1@example.ru'],
      links: ['http://example.ru'],
      note: 'важный',
      fields: [{ name: 'categories', value: 'VIP' }],
      place: 'Клиенты › Имя k1',
    });
  });

  it('asks only for what changed, and hears of what is gone', async () => {
    for (let n = 1; n <= 5; n++) server.put(contact(`c${n}`));
    const { outcome } = await refresh();
    server.put(contact('c2', { displayName: 'Новое имя' }));
    server.put(contact('c6'));
    server.remove('c1');
    const { outcome: later, reading, keys } = await refresh(outcome.cursor);
    expect(later.kind).toBe('partial');
    expect(keys.sort()).toEqual(['c2', 'c6']);
    expect(reading.removed).toEqual(['contacts c1']);
  });

  it('has nothing to tell where nothing changed', async () => {
    server.put(contact('c1'));
    const { outcome } = await refresh();
    const { outcome: later, reading } = await refresh(outcome.cursor);
    expect(later).toEqual({ kind: 'unchanged', cursor: outcome.cursor });
    expect(reading.puts).toBe(0);
  });

  it('reads everything anew when its link has expired', async () => {
    server.put(contact('c1'));
    const { outcome } = await refresh();
    server.remove('c1');
    server.put(contact('c2'));
    server.expireLinks();
    const { outcome: later, keys } = await refresh(outcome.cursor);
    expect(later.kind).toBe('complete');
    expect(keys).toEqual(['c2']);
  });

  it('reads everything anew when a folder has gone', async () => {
    server.folders.set('f', 'Клиенты');
    server.put(contact('c1'));
    server.put(contact('k1'), 'f');
    const { outcome } = await refresh();
    server.folders.delete('f');
    const { outcome: later, keys } = await refresh(outcome.cursor);
    expect([later.kind, keys]).toEqual(['complete', ['c1']]);
  });

  it('keeps the token that comes with each answer', async () => {
    await refresh();
    const kept = secret;
    expect(kept).not.toContain('first');
    await refresh();
    expect(secret).not.toBe(kept);
  });

  it('waits as long as a busy server asks for', async () => {
    server.put(contact('c1'));
    server.instead.push([429, { 'retry-after': '0' }, ''], [503, { 'retry-after': '0' }, '']);
    expect((await refresh()).keys).toEqual(['c1']);
  });

  it('asks to sign in again when the right has ended, or was given to another app', async () => {
    server.refreshTokens.clear();
    await expect(refresh()).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
    secret = packAccount({ refreshToken: 'first', clientId: 'other', tenant: 'common' });
    await expect(refresh()).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
    secret = '';
    await expect(refresh()).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
  });

  it.each([
    ['a page of a proxy', 200, '<html>', 'directory.bad-answer'],
    ['no list', 200, '{}', 'directory.bad-answer'],
    ['no rights', 403, '{"error":{"code":"ErrorAccessDenied"}}', 'directory.forbidden'],
    ['a failure', 500, '', 'directory.server-failed'],
  ])('says so when Graph answers with %s', async (_what, status, body, code) => {
    server.instead.push([status, {}, body]);
    await expect(refresh()).rejects.toMatchObject({ code });
  });

  it('follows no link to another server, and none in a circle', async () => {
    server.instead.push(
      [200, {}, '{"value":[]}'],
      [200, {}, '{"value":[],"@odata.nextLink":"http://127.0.0.1:9/steal"}'],
    );
    await expect(refresh()).rejects.toMatchObject({ code: 'directory.bad-answer', detail: 'a link to another server' });
    const circle = `{"value":[],"@odata.nextLink":"${server.endpoints.graph}/me/contacts/delta?x"}`;
    server.instead.push([200, {}, '{"value":[]}'], [200, {}, circle], [200, {}, circle]);
    await expect(refresh()).rejects.toMatchObject({ code: 'directory.bad-answer', detail: 'pages in a circle' });
  });

  it('shows some contacts and the folders before anything is taken over', async () => {
    server.folders.set('f', 'Клиенты');
    server.put(contact('c1'));
    const reading = new CollectedReading({ secret });
    expect(await source().preview(reading)).toEqual({
      tables: [],
      count: null,
      parts: [{ id: 'f', label: 'Клиенты' }],
    });
    expect(reading.entries.size).toBe(1);
  });
});

describe('the sign-in to Microsoft', () => {
  let server: GraphServer;
  const clock = new FakeClock();
  beforeEach(async () => {
    server = await GraphServer.start();
  });
  afterEach(() => server.stop());
  const begin = () => new GraphSignIn({ environment, clock, endpoints: server.endpoints }).begin(config);

  it('ends with the right to ask for contacts', async () => {
    const { url, finished } = await begin();
    const answer = await fetch(server.consent(url)!);
    expect(await answer.text()).toContain('Готово');
    const secret = await finished;
    server.put(contact('c1'));
    const reading = new CollectedReading({ secret });
    await openGraphDirectory(config, environment, server.endpoints).refresh(reading);
    expect(reading.entries.size).toBe(1);
  });

  it('asks for what else is wanted of the account, and for no more', async () => {
    const rights = new WantedRights();
    rights.want({ clientId: 'other', tenant: 'common' }, 'Calendars.ReadWrite');
    rights.want(config, 'Tasks.ReadWrite');
    const signIn = new GraphSignIn({ environment, clock, endpoints: server.endpoints, rights: (of) => rights.of(of) });
    const { url, finished } = await signIn.begin(config);
    await (await fetch(server.consent(url)!)).text();
    await finished;
    expect([...server.consented]).toEqual(['Contacts.Read', 'Tasks.ReadWrite']);
  });

  it('listens to nobody who does not know its state', async () => {
    const { url, finished, cancel } = await begin();
    const redirect = new URL(server.consent(url)!);
    redirect.searchParams.set('state', 'guessed');
    expect((await fetch(redirect)).status).toBe(404);
    cancel();
    await expect(finished).rejects.toMatchObject({ code: 'directory.sign-in-failed' });
  });

  it('fails when the user says no, or nobody comes', async () => {
    const refused = await begin();
    const redirect = new URL(server.consent(refused.url)!);
    redirect.searchParams.delete('code');
    redirect.searchParams.set('error', 'access_denied');
    const failing = expect(refused.finished).rejects.toMatchObject({ detail: 'access_denied' });
    await (await fetch(redirect)).text();
    await failing;
    const forgotten = await begin();
    const late = expect(forgotten.finished).rejects.toMatchObject({ detail: 'nobody signed in' });
    await clock.advance(10 * 60_000);
    await late;
  });

  it('needs the office’s app registration', async () => {
    const signIn = new GraphSignIn({ environment, clock });
    await expect(signIn.begin({ ...config, clientId: '' })).rejects.toMatchObject({ code: 'directory.not-here' });
    await expect(signIn.begin({ ...config, tenant: '../x' })).rejects.toMatchObject({ code: 'directory.invalid' });
  });
});
