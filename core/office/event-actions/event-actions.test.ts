import { describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { ActionTask } from '#contract/ipc/index.ts';
import { actionOf, momentOf, openActions, webhook } from './event-actions.test-support.ts';
import { signatureOf } from './webhook-post.ts';

const page: ActionTask = { kind: 'address', address: 'https://crm.example/?phone={number}&who={name}' };
const program: ActionTask = { kind: 'program', program: '/usr/bin/notify', arguments: ['{event}', '{name} {seconds}'] };

describe('an event action', () => {
  it('opens its address when a call rings', async () => {
    const { save, happens, runner, actions } = await openActions();
    await save(actionOf(page));
    await happens(momentOf('ring'));
    expect(runner.opened).toEqual(['https://crm.example/?phone=%2B74951234567&who=%D0%9F%D1%91%D1%82%D1%80']);
    expect(actions.runs()).toMatchObject([{ actionLabel: 'CRM', event: 'ring', error: null }]);
    expect(actions.runs()[0]?.subject).toMatch(/^\+7 495 123-45-67, \d\d:\d\d$/);
  });

  it('starts its program with arguments as arguments', async () => {
    const { save, happens, runner } = await openActions();
    await save(actionOf(program, { events: ['end'] }));
    const at = { answeredAt: 1_000_000, endedAt: 1_065_400, name: '"; rm -rf / #' };
    await happens(momentOf('end', at));
    expect(runner.started).toEqual([{ program: '/usr/bin/notify', args: ['end', '"; rm -rf / # 65'] }]);
  });

  it.each([
    ['another event', {}, momentOf('answer')],
    ['another direction', { direction: 'outgoing' }, momentOf('ring')],
    ['a short number of the PBX', {}, momentOf('ring', { internal: true, number: '102' })],
    ['another line', { lineId: 'line-2' }, momentOf('ring')],
    ['a call that goes out, and rings elsewhere', {}, momentOf('ring', { direction: 'outgoing' })],
    ['anything while it is switched off', { enabled: false }, momentOf('ring')],
  ] as const)('is not meant for %s', async (_what, changes, moment) => {
    const { save, happens, runner } = await openActions();
    await save(actionOf(page, changes));
    await happens(moment);
    expect(runner.opened).toEqual([]);
  });

  it('hears of a call that goes out where it asks for those', async () => {
    const { save, happens, runner } = await openActions();
    await save(actionOf(page, { direction: 'outgoing' }));
    await happens(momentOf('ring', { direction: 'outgoing' }));
    expect(runner.opened).toHaveLength(1);
  });

  it('is told what happened before it could be read, but opens nothing for a call that is long past', async () => {
    const { actions, open, records, moments, runner, posted, clock, settle, save } = await openActions();
    await save(actionOf(page));
    await save(actionOf(webhook));
    actions.dispose();
    vi.spyOn(records, 'load').mockRejectedValueOnce(new OffhookError('storage.failed'));
    const late = open();
    late.follow({ onMoment: moments.event });
    await expect(late.load()).rejects.toThrow('storage.failed');
    moments.fire(momentOf('ring', { callId: 'past' }));
    clock.advance(60_001);
    moments.fire(momentOf('ring', { callId: 'present' }));
    await late.load();
    await settle();
    expect([runner.opened.length, posted.length]).toEqual([1, 2]);
  });

  it('leaves out what a storm of calls brings, and says so once', async () => {
    const { save, happens, runner, actions, clock } = await openActions();
    await save(actionOf(program));
    for (let call = 0; call < 50; call += 1) await happens(momentOf('ring', { callId: `call-${call}` }));
    expect(runner.started).toHaveLength(10);
    expect(actions.runs().filter(({ error }) => error?.code === 'action.too-many')).toHaveLength(1);
    clock.advance(10_001);
    await happens(momentOf('ring', { callId: 'later' }));
    expect(runner.started).toHaveLength(11);
  });

  it('remembers the last hundred runs, the newest first', async () => {
    const { save, happens, actions, clock } = await openActions();
    await save(actionOf(program));
    for (let call = 0; call < 105; call += 1) {
      await happens(momentOf('ring', { display: `call ${call}` }));
      clock.advance(5_000);
    }
    expect(actions.runs()).toHaveLength(100);
    expect(actions.runs()[0]?.subject).toContain('call 104');
  });

  it('says what went wrong with a program, and goes on', async () => {
    const { save, happens, runner, actions } = await openActions();
    await save(actionOf(program));
    runner.failure = new OffhookError('action.program-missing', { values: { program: 'notify' } });
    await happens(momentOf('ring'));
    expect(actions.runs()).toMatchObject([
      { error: { code: 'action.program-missing', values: { program: 'notify' } } },
    ]);
  });

  it('is there after a restart, with its secret elsewhere', async () => {
    const { save, actions, open, records, secrets } = await openActions();
    const { actionId } = await save(actionOf(webhook), 'тайна');
    expect(JSON.stringify(await records.load())).not.toContain('тайна');
    const again = open();
    await again.load();
    expect(again.list()).toEqual(actions.list());
    expect(again.list()).toMatchObject([{ id: actionId, hasSecret: true }]);
    expect(await secrets.get(`webhook:${actionId}`)).toBe('тайна');
  });

  it('is done as well for what happened before the actions were read', async () => {
    const { save, open, runner, moments, settle } = await openActions();
    await save(actionOf(page));
    const again = open();
    again.follow({ onMoment: moments.event });
    moments.fire(momentOf('ring'));
    expect(runner.opened).toHaveLength(1);
    await again.load();
    await settle();
    expect(runner.opened).toHaveLength(2);
  });

  it('keeps its secret through a change, and loses it when it is taken away or is no webhook any more', async () => {
    const { save, actions, secrets } = await openActions();
    const { actionId } = await save(actionOf(webhook), 'one');
    const change = (secret: string | null, task: ActionTask = webhook) =>
      actions.save({ action: { ...actionOf(task), id: actionId }, secret });
    await change(null);
    expect(await secrets.get(`webhook:${actionId}`)).toBe('one');
    await change('two');
    expect(await secrets.get(`webhook:${actionId}`)).toBe('two');
    await change('');
    expect(await secrets.get(`webhook:${actionId}`)).toBeNull();
    await change('three');
    await change(null, page);
    expect(await secrets.get(`webhook:${actionId}`)).toBeNull();
    expect(actions.list()).toMatchObject([{ hasSecret: false }]);
  });

  it('that is gone is unknown, and so is what waited for it', async () => {
    const { save, happens, actions, outbox, server, secrets } = await openActions();
    const { actionId } = await save(actionOf(webhook), 's');
    server.answer = async () => new Response(null, { status: 503 });
    await happens(momentOf('ring'));
    expect((await outbox.list()).total).toBe(1);
    await actions.remove(actionId);
    expect((await outbox.list()).total).toBe(0);
    expect(await secrets.get(`webhook:${actionId}`)).toBeNull();
    await expect(actions.remove(actionId)).rejects.toMatchObject({ code: 'action.unknown' });
    outbox.dispose();
  });

  it.each([
    [{ kind: 'address', address: 'javascript:alert(1)' }, 'action.address-refused'],
    [{ kind: 'address', address: 'file:///etc/passwd' }, 'action.address-refused'],
    [{ kind: 'address', address: 'https://{name}.example/' }, 'action.address-refused'],
    [{ kind: 'program', program: 'sh', arguments: ['-c', 'echo {name}'] }, 'action.invalid'],
  ] as const)('is refused before it is stored: %j', async (task, code) => {
    const { save, actions } = await openActions();
    await expect(save(actionOf(task as ActionTask))).rejects.toMatchObject({ code });
    expect(actions.list()).toEqual([]);
  });
});

describe('a webhook', () => {
  it('posts the facts of the call, signed', async () => {
    const { save, happens, posted, clock } = await openActions();
    const { actionId } = await save(actionOf(webhook, { events: ['end', 'missed'] }), 'тайна');
    await happens(momentOf('missed', { endedAt: Date.UTC(2026, 0, 15, 9, 1), disposition: 'missed' }));
    const headers = posted[0]?.request.headers ?? {};
    const body = String(posted[0]?.request.body);
    expect(posted[0]).toMatchObject({
      url: 'https://crm.example/hook',
      request: { method: 'POST', redirect: 'manual' },
    });
    expect(JSON.parse(body)).toEqual({
      event: 'missed',
      delivery: `${actionId}:missed:call-1`,
      test: false,
      call: {
        ...{ id: 'call-1', direction: 'incoming', number: '+74951234567', display: '+7 495 123-45-67' },
        ...{ name: 'Пётр', firm: 'ООО «Ромашка»', line: { id: 'line-1', label: 'Офис' }, internal: false },
        ...{ startedAt: '2026-01-15T09:00:00.000Z', answeredAt: null, endedAt: '2026-01-15T09:01:00.000Z' },
        ...{ seconds: 0, disposition: 'missed', note: '', outcome: null },
      },
    });
    const timestamp = String(Math.floor(clock.now() / 1000));
    expect(headers['x-offhook-timestamp']).toBe(timestamp);
    expect(headers['x-offhook-delivery']).toBe(`${actionId}:missed:call-1`);
    expect(headers['x-offhook-signature']).toBe(`sha256=${signatureOf('тайна', timestamp, body)}`);
  });

  it('is tried again until it is taken, with the same key and body and a new signature', async () => {
    const { save, happens, posted, server, clock, settle, outbox, actions } = await openActions();
    await save(actionOf(webhook), 'secret');
    server.answer = async () => new Response(null, { status: 500 });
    await happens(momentOf('ring'));
    server.answer = async () => new Response(null, { status: 200 });
    clock.advance(60_000);
    await settle();
    const [first, second] = posted.map(({ request }) => request);
    expect(posted).toHaveLength(2);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers?.['x-offhook-delivery']).toBe(first?.headers?.['x-offhook-delivery']);
    expect(second?.headers?.['x-offhook-signature']).not.toBe(first?.headers?.['x-offhook-signature']);
    expect((await outbox.list()).total).toBe(0);
    expect(actions.runs().map(({ error }) => error?.code ?? null)).toEqual([null, 'delivery.failed']);
  });

  it('is never posted unsigned where it is to be signed: it waits for its key', async () => {
    const { save, happens, posted, secrets, actions, outbox, clock, settle } = await openActions();
    const { actionId } = await save(actionOf(webhook), 'тайна');
    await secrets.delete(`webhook:${actionId}`);
    await happens(momentOf('ring'));
    expect(posted).toEqual([]);
    expect(actions.runs()).toMatchObject([{ error: { code: 'secrets.unreadable' } }]);
    await actions.save({ action: { ...actionOf(webhook), id: actionId }, secret: 'новая' });
    clock.advance(60_000);
    await settle();
    expect(posted).toHaveLength(1);
    expect(posted[0]!.request.headers).toHaveProperty('x-offhook-signature');
    outbox.dispose();
  });

  it('is posted once a call and event, however often the same is told', async () => {
    const { save, happens, posted } = await openActions();
    await save(actionOf(webhook));
    await happens(momentOf('ring'));
    await happens(momentOf('ring', { callId: 'call-2' }));
    expect(new Set(posted.map(({ request }) => request.headers?.['x-offhook-delivery'])).size).toBe(2);
  });

  it('that is refused is not tried again by itself', async () => {
    const { save, happens, posted, server, clock, settle, outbox } = await openActions();
    await save(actionOf(webhook));
    server.answer = async () => new Response(null, { status: 410 });
    await happens(momentOf('ring'));
    clock.advance(3_600_000);
    await settle();
    expect(posted).toHaveLength(1);
    expect((await outbox.list()).deliveries).toMatchObject([{ state: 'refused', error: { code: 'delivery.refused' } }]);
  });

  it('that becomes something else takes what waits for it along', async () => {
    const { save, happens, server, outbox, actions } = await openActions();
    const { actionId } = await save(actionOf(webhook));
    server.answer = async () => new Response(null, { status: 503 });
    await happens(momentOf('ring'));
    await actions.save({ action: { ...actionOf(page), id: actionId }, secret: null });
    expect((await outbox.list()).total).toBe(0);
    outbox.dispose();
  });

  it('is tried out at once with a call that never was', async () => {
    const { actions, posted, server, outbox } = await openActions();
    await actions.test({ action: { ...actionOf(webhook), id: null }, secret: 's' });
    expect(JSON.parse(String(posted[0]?.request.body))).toMatchObject({ event: 'ring', test: true });
    expect((await outbox.list()).total).toBe(0);
    server.answer = async () => new Response(null, { status: 404 });
    await expect(actions.test({ action: { ...actionOf(webhook), id: null }, secret: null })).rejects.toMatchObject({
      code: 'delivery.refused',
      values: { host: 'crm.example', status: 404 },
    });
  });
});
