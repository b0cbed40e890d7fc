import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { apiCallOf, LocalApiStandIn } from '#test/support/local-api-stand-in.ts';
import { AgentGone, AgentRefusal } from '../command-failure.ts';
import { LocalApiClient } from './local-api-client.ts';
import { readEvents } from './read-events.ts';

let api: LocalApiStandIn;
let client: LocalApiClient;

beforeEach(async () => {
  api = new LocalApiStandIn();
  await api.start();
  client = new LocalApiClient(api);
});
afterEach(() => api.stop());

describe('an operation', () => {
  it('gives path, query and body as the contract takes them', async () => {
    api.answers = {
      'calls.dialDigits': () => ({}),
      'people.lookUp': () => ({ matches: [] }),
      'dial.open': () => ({ callId: 'c', requestId: null }),
    };
    await client.call('calls.dialDigits', { callId: 'a b', digits: '12#' });
    await client.call('people.lookUp', { number: '+7 (495) & 1' });
    expect(await client.call('dial.open', { source: 'command-line', text: 'тел. 12' })).toEqual({
      callId: 'c',
      requestId: null,
    });
    expect(api.heard.map(({ given }) => given)).toEqual([
      { callId: 'a b', digits: '12#' },
      { number: '+7 (495) & 1' },
      { source: 'command-line', text: 'тел. 12', origin: null },
    ]);
  });

  it('fails with the code that the agent gave', async () => {
    api.answers = {
      'calls.swap': () => {
        throw new OffhookError('call.not-possible-now', { values: { number: '12' } });
      },
    };
    const failure = await client.call('calls.swap', {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AgentRefusal);
    expect((failure as AgentRefusal).report).toMatchObject({ code: 'call.not-possible-now', values: { number: '12' } });
  });

  it('says that it is not let in where its secret is another run’s', async () => {
    const stranger = new LocalApiClient({ port: api.port, secret: 'of yesterday' });
    await expect(stranger.call('status.get', {})).rejects.toMatchObject({ report: { code: 'program.not-paired' } });
  });

  it('notices when nobody listens any more', async () => {
    await api.stop();
    await expect(client.call('status.get', {})).rejects.toBeInstanceOf(AgentGone);
    await api.start();
  });
});

describe('events', () => {
  it('come one by one, the calls that are up first', async () => {
    api.calls = [apiCallOf({ name: 'Иван\nPetrov' })];
    const over = new AbortController();
    const names: string[] = [];
    for await (const event of readEvents(client.events(over.signal))) {
      names.push(event.event);
      if (event.event === 'calls.snapshot') {
        expect(event.data.calls[0]?.name).toBe('Иван\nPetrov');
        api.tell('call.ended', { call: apiCallOf({ endedAt: 5 }) });
      } else over.abort();
    }
    expect(names).toEqual(['calls.snapshot', 'call.ended']);
  });

  it('are read however the stream is cut, with comments and both kinds of line ends', async () => {
    const text =
      ': hello\n\nid: 1\r\nevent: call.ended\r\ndata: {"call":\r\ndata: {}}\r\n\r\nid: 2\nevent: x\ndata: 1\n\n';
    async function* letters() {
      for (const letter of text) yield letter;
    }
    const events: unknown[] = [];
    for await (const event of readEvents(letters())) events.push(event);
    expect(events).toEqual([
      { id: 1, event: 'call.ended', data: { call: {} } },
      { id: 2, event: 'x', data: 1 },
    ]);
  });
});
