import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { apiEvents, type ApiEvent, type ApiEventName } from '#contract/local-api/index.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { placeCall } from '#core/calls/index.ts';
import { openApiDesk, type ApiDesk } from './api-desk.test-support.ts';
import { mostListeners } from './event-hub.ts';

let desk: ApiDesk;
const leaving: (() => void)[] = [];
beforeEach(async () => (desk = await openApiDesk()));
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  await desk.close();
});

/** Everything that is heard, checked against the contract, and a wait for the next of a name. */
class Ear {
  readonly heard: ApiEvent[] = [];
  private looks: (() => void)[] = [];

  take(event: ApiEvent): void {
    expect(apiEvents[event.event].data.parse(event.data)).toEqual(event.data);
    this.heard.push(event);
    for (const look of this.looks.splice(0)) look();
  }

  get names(): ApiEventName[] {
    return this.heard.map(({ event }) => event);
  }

  async until(name: ApiEventName): Promise<ApiEvent> {
    for (;;) {
      const found = this.heard.find(({ event }) => event === name);
      if (found) return found;
      await new Promise<void>((resolve) => this.looks.push(resolve));
    }
  }
}

async function openStream(token = desk.secret, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const sent = request({
    ...{ host: '127.0.0.1', port: desk.port(), path: '/v1/events', agent: false },
    headers: { Authorization: `Bearer ${token}`, ...headers },
  });
  sent.end();
  leaving.push(() => sent.destroy());
  return ((await once(sent, 'response')) as [IncomingMessage])[0];
}

async function stream(token = desk.secret, headers: Record<string, string> = {}): Promise<Ear> {
  const ear = new Ear();
  const response = await openStream(token, headers);
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks.filter((each) => !each.startsWith(':'))) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      ear.take({ id: Number(fields.id), event: fields.event as ApiEventName, data: JSON.parse(fields.data!) });
    }
  });
  response.on('error', () => {});
  return ear;
}

function socket(options: { protocols?: string[]; headers?: Record<string, string> }): { client: WebSocket; ear: Ear } {
  const ear = new Ear();
  const client = new WebSocket(`ws://127.0.0.1:${desk.port()}/v1/events`, options.protocols ?? [], {
    headers: options.headers ?? {},
  });
  client.on('message', (data) => ear.take(JSON.parse(String(data)) as ApiEvent));
  client.on('error', () => {});
  leaving.push(() => client.terminate());
  return { client, ear };
}

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

describe('listening to the API', () => {
  it('hears a call from its first state to its last, over both ways alike', async () => {
    const ears = [await stream(), socket(bearer(desk.secret)).ear];
    for (const ear of ears) expect(await ear.until('calls.snapshot')).toMatchObject({ data: { calls: [] } });
    const call = placeCall(desk.services, '+74951234567', null);
    for (const ear of ears)
      expect(await ear.until('call.changed')).toMatchObject({ data: { call: { id: call.id, possible: ['drop'] } } });
    call.session.end();
    for (const ear of ears)
      expect(await ear.until('call.ended')).toMatchObject({
        data: { call: { id: call.id, disposition: 'cancelled' } },
      });
    expect(ears[0]!.heard).toHaveLength(ears[1]!.heard.length);
  });

  it('hears of a call that rings', async () => {
    const ear = await stream();
    await ear.until('calls.snapshot');
    desk.userAgents[0]!.receive({ user: '74951234567' });
    expect(await ear.until('call.offered')).toMatchObject({
      data: { call: { state: 'offering', possible: ['answer', 'drop'] } },
    });
  });

  it('begins with what is there, after a gap as well, and counts on', async () => {
    placeCall(desk.services, '+74951234567', null);
    const first = await (await stream()).until('calls.snapshot');
    const again = await (await stream(desk.secret, { 'Last-Event-ID': String(first.id) })).until('calls.snapshot');
    expect(again.data).toMatchObject({ calls: [{ number: '+74951234567' }] });
    expect(again.id).toBeGreaterThan(first.id);
  });

  it('hears only what its scopes are for', async () => {
    const { token } = await desk.pair('Reports', ['log:read']);
    const reports = socket(bearer(token));
    await once(reports.client, 'open');
    const everything = await stream();
    await everything.until('calls.snapshot');
    placeCall(desk.services, '+74951234567', null);
    await everything.until('call.changed');
    await desk.callLog.record(callRecordOf({ id: 'a' }));
    await reports.ear.until('log.recorded');
    await desk.archive.annotate('a', { note: 'Перезвонить' });
    expect(await reports.ear.until('log.annotated')).toMatchObject({
      data: { record: { id: 'a', note: 'Перезвонить' } },
    });
    expect(reports.ear.names).toEqual(['log.recorded', 'log.annotated']);
  });

  it('hears of lines, and not of what the API does not show of them', async () => {
    const ear = await stream();
    await ear.until('calls.snapshot');
    desk.userAgents[0]!.become('unreachable');
    expect(await ear.until('lines.changed')).toMatchObject({ data: { lines: [{ registration: 'unreachable' }, {}] } });
    desk.userAgents[0]!.become('unreachable');
    desk.userAgents[0]!.become('registered');
    await new Promise((resolve) => setImmediate(resolve));
    expect(ear.names.filter((name) => name === 'lines.changed').length).toBeLessThanOrEqual(2);
  });

  it('takes the token of a page in a subprotocol, and does not send it back beside another', async () => {
    const both = socket({ protocols: ['offhook', `offhook.token.${desk.secret}`] });
    await both.ear.until('calls.snapshot');
    expect(both.client.protocol).toBe('offhook');
    const alone = socket({ protocols: [`offhook.token.${desk.secret}`] });
    await alone.ear.until('calls.snapshot');
  });

  it('is for nobody without a token, or with a wrong one', async () => {
    for (const headers of [undefined, { Authorization: `Bearer ${'x'.repeat(43)}` }]) {
      const { client } = socket({ headers });
      const [, response] = (await once(client, 'unexpected-response')) as [unknown, IncomingMessage];
      expect(response.statusCode).toBe(401);
      response.resume();
    }
    expect((await desk.ask('/v1/events', { token: null })).status).toBe(401);
  });

  it('ends when the program is revoked', async () => {
    const { id, token } = await desk.pair('Reports', ['calls:read']);
    const response = await openStream(token);
    const { client, ear } = socket(bearer(token));
    await ear.until('calls.snapshot');
    const ended = Promise.all([once(response.resume(), 'close'), once(client, 'close')]);
    await desk.api.revoke(id);
    await ended;
    expect((await desk.ask('/v1/calls', { token })).status).toBe(401);
  });

  it('ends for one that does not read, and goes on for the others', async () => {
    const ear = await stream();
    await ear.until('calls.snapshot');
    const deaf = connect(desk.port(), '127.0.0.1');
    deaf.on('error', () => {});
    leaving.push(() => deaf.destroy());
    deaf.write(
      `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${desk.port()}\r\nAuthorization: Bearer ${desk.secret}\r\n\r\n`,
    );
    await once(deaf, 'data');
    deaf.pause();
    const asleep = socket(bearer(desk.secret));
    await asleep.ear.until('calls.snapshot');
    asleep.client.pause();
    const record = { ...callRecordOf({ id: 'a' }), display: 'x'.repeat(100_000) };
    for (let told = 0; told < 400 && desk.hub.count > 1; told++) {
      desk.callLog.record({ ...record, id: `call-${told}` }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(desk.hub.count).toBe(1);
    expect(ear.heard.length).toBeGreaterThan(10);
  });

  it('keeps no place for one that left before it was let in', async () => {
    const hasty = connect(desk.port(), '127.0.0.1');
    const gone = Promise.withResolvers<void>();
    desk.sameUser.found = async (socket) => {
      hasty.destroy();
      await once(socket, 'close');
      gone.resolve();
    };
    hasty.write(
      `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${desk.port()}\r\nAuthorization: Bearer ${desk.secret}\r\n\r\n`,
    );
    await gone.promise;
    desk.sameUser.found = async () => undefined;
    await (await stream()).until('calls.snapshot');
    expect(desk.hub.count).toBe(1);
  });

  it('does not want to be told anything', async () => {
    const { client, ear } = socket(bearer(desk.secret));
    await ear.until('calls.snapshot');
    client.send('{"do":"dial"}');
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(1003);
  });

  it('is for as many as fit', () => {
    const nobody = { programId: 'a', scopes: new Set<never>(), send() {}, beat() {}, close() {} };
    for (let count = 0; count < 50; count++) desk.hub.add({ ...nobody }, { calls: [] });
    expect(desk.hub.hasRoom('a')).toBe(false);
    expect(desk.hub.hasRoom('b')).toBe(true);
    for (let count = 50; count < mostListeners; count++) desk.hub.add({ ...nobody, programId: null }, { calls: [] });
    expect(desk.hub.hasRoom(null)).toBe(false);
  });
});
