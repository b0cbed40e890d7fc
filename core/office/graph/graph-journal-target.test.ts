import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OffhookError } from '#contract/errors.ts';
import { AccountAccess, type GraphRight } from '#core/contacts/directories/graph/index.ts';
import { packAccount } from '#core/contacts/directories/graph/graph-account.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { openHttpClient } from '#core/network/index.ts';
import { GraphServer } from '#test/support/graph-server.ts';
import { callMark } from '../journals/index.ts';
import { journalledCall } from '../journals/journalled-call.test-support.ts';
import { GraphJournalTarget } from './graph-journal-target.ts';

const account = { clientId: 'app', tenant: 'common' };
const kinds = ['task', 'appointment'] as const;

describe('calls in Microsoft 365', () => {
  let server: GraphServer;
  let secret = '';
  const clock = new FakeClock();
  const { signal } = new AbortController();
  beforeEach(async () => {
    server = await GraphServer.start();
    secret = packAccount({ refreshToken: 'first', ...account });
    server.consented.add('Tasks.ReadWrite').add('Calendars.ReadWrite');
  });
  afterEach(() => server.stop());

  const http = async (_url: string, ended: AbortSignal) =>
    openHttpClient({ proxyFor: () => null }, { signal: ended, timeout: 5000 });
  function target(write: (typeof kinds)[number]) {
    const right: GraphRight = write === 'task' ? 'Tasks.ReadWrite' : 'Calendars.ReadWrite';
    const kept = { get: async () => secret, set: async (now: string) => void (secret = now) };
    const access = new AccountAccess({ account, secret: kept, right, http, clock, endpoints: server.endpoints });
    return new GraphJournalTarget({ kind: 'graph', directoryId: 'd', write }, { access, language: () => 'ru' });
  }
  const entries = (write: (typeof kinds)[number]) => (write === 'task' ? server.tasks.get('usual')! : server.events);

  it('are tasks of their day in the usual list', async () => {
    server.tasks.set('Покупки', []);
    expect(await target('task').write(journalledCall(), null, signal)).toEqual({ reference: 'usual T1' });
    expect(entries('task')).toEqual([
      {
        id: 'T1',
        title: 'Входящий звонок: Иванова Ольга, ООО «Ромашка»',
        body: { content: expect.stringContaining('Ждёт счёт'), contentType: 'text' },
        dueDateTime: { dateTime: '2026-11-26T00:00:00', timeZone: 'UTC' },
        linkedResources: [
          {
            applicationName: 'Offhook',
            displayName: 'Входящий звонок: Иванова Ольга, ООО «Ромашка»',
            externalId: callMark('call-1'),
          },
        ],
      },
    ]);
  });

  it('are appointments as long as the call was, which keep nobody busy', async () => {
    const call = journalledCall();
    expect(await target('appointment').write(call, null, signal)).toEqual({ reference: 'V1' });
    const utc = (at: number | null) => ({ dateTime: new Date(at!).toISOString().slice(0, 19), timeZone: 'UTC' });
    expect(entries('appointment')).toMatchObject([
      { start: utc(call.answeredAt), end: utc(call.endedAt), showAs: 'free', isReminderOn: false },
    ]);
  });

  it.each(kinds)('change the %s that is there, whether or not it is remembered', async (write) => {
    for (let n = 2; n <= 6; n++) await target(write).write(journalledCall({ callId: `call-${n}` }), null, signal);
    const { reference } = await target(write).write(journalledCall(), null, signal);
    await target(write).write(journalledCall({ note: 'Позже' }), reference, signal);
    expect(await target(write).write(journalledCall({ note: 'Теперь' }), null, signal)).toEqual({ reference });
    expect(entries(write)).toHaveLength(6);
    expect(entries(write)[5]!['body']).toMatchObject({ content: expect.stringMatching(/Теперь$/) });
  });

  it.each(kinds)('are never a second %s when the answer was lost', async (write) => {
    server.lostAnswers = 1;
    await expect(target(write).write(journalledCall(), null, signal)).rejects.toMatchObject({
      code: 'delivery.unreachable',
    });
    expect(entries(write)).toHaveLength(1);
    await target(write).write(journalledCall({ note: 'Второй раз' }), null, signal);
    expect(entries(write)).toHaveLength(1);
    expect(entries(write)[0]!['body']).toMatchObject({ content: expect.stringMatching(/Второй раз$/) });
  });

  it('make no second appointment where Graph knows of it and does not find it yet', async () => {
    await target('appointment').write(journalledCall(), null, signal);
    server.instead.push([200, {}, '{"value":[]}']);
    expect(await target('appointment').write(journalledCall(), null, signal)).toEqual({ reference: 'V1' });
    expect(server.events).toHaveLength(1);
  });

  it.each(kinds)('come to no new %s after the user deleted theirs', async (write) => {
    const { reference } = await target(write).write(journalledCall(), null, signal);
    entries(write).length = 0;
    await expect(target(write).write(journalledCall(), reference, signal)).rejects.toMatchObject({
      code: 'delivery.refused',
      detail: 'the entry was deleted there',
    });
    expect(entries(write)).toHaveLength(0);
  });

  it('say which list or calendar they go to', async () => {
    expect(await target('task').check(signal)).toEqual({ note: 'Задачи' });
    expect(await target('appointment').check(signal)).toEqual({ note: 'Календарь' });
  });

  it('ask for a token once, and for another when it is refused or old', async () => {
    const tokens = () => server.requests.filter((request) => request.includes('/token')).length;
    const journal = target('task');
    await journal.check(signal);
    await journal.check(signal);
    expect(tokens()).toBe(1);
    server.forgetTokens();
    await journal.check(signal);
    expect(tokens()).toBe(2);
    await clock.advance(3_600_000);
    await journal.check(signal);
    expect(tokens()).toBe(3);
  });

  it('want a sign-in where the user has not agreed to it, or the right has ended', async () => {
    server.consented.delete('Tasks.ReadWrite');
    await expect(target('task').check(signal)).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
    server.consented.add('Tasks.ReadWrite');
    await target('task').check(signal);
    server.refreshTokens.clear();
    await expect(target('task').check(signal)).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
    secret = '';
    await expect(target('task').check(signal)).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
  });

  it('use the newer right that the reading of contacts has left meanwhile', async () => {
    const old = secret;
    await target('task').check(signal);
    const newer = secret;
    let asked = 0;
    const kept = { get: async () => (asked++ === 0 ? old : newer), set: async () => undefined };
    const right = 'Tasks.ReadWrite';
    const access = new AccountAccess({ account, secret: kept, right, http, clock, endpoints: server.endpoints });
    expect(await access.token(signal)).not.toBe('');
  });

  it.each([
    ['no rights', 403, {}, '{"error":{"code":"accessDenied"}}', 'delivery.not-allowed'],
    ['too many requests', 429, { 'retry-after': '17' }, '', 'delivery.failed'],
    ['an outage', 503, {}, '<html>', 'delivery.failed'],
    ['a page of a proxy', 200, {}, '<html>', 'delivery.failed'],
    ['a word that it will never take it', 400, {}, '{"error":{"code":"invalidRequest"}}', 'delivery.refused'],
  ])('say what is the matter when Graph answers with %s', async (_what, status, headers, body, code) => {
    server.instead.push([status, headers as Record<string, string>, body]);
    const failing = target('appointment').write(journalledCall(), null, signal);
    await expect(failing).rejects.toMatchObject({
      code,
      values: { host: expect.any(String), ...(status === 429 ? { retryAfter: 17 } : {}) },
    });
    expect(server.events).toHaveLength(0);
  });

  it('wait as long as Graph asks for, in seconds or until a date, a day at most', async () => {
    const date = (seconds: number) => new Date(clock.now() + seconds * 1000).toUTCString();
    for (const [asked, retryAfter] of [
      [date(90), 90],
      [date(-5), 0],
      ['999999', 86_400],
      ['soon', undefined],
    ] as const) {
      server.instead.push([429, { 'retry-after': asked }, '']);
      const failure = await target('task')
        .check(signal)
        .catch((error: OffhookError) => error);
      expect(failure).toMatchObject({ code: 'delivery.failed' });
      expect((failure as OffhookError).values['retryAfter']).toBe(retryAfter);
    }
  });

  it('wait while Graph cannot be reached', async () => {
    const journal = target('task');
    await journal.check(signal);
    await server.stop();
    await expect(journal.check(signal)).rejects.toMatchObject({ code: 'delivery.unreachable' });
    server = await GraphServer.start();
  });
});
