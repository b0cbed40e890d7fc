import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiError, operations, type OperationName } from '#contract/local-api/index.ts';
import type { ListedPerson, PersonDetail } from '#contract/ipc/index.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { placeCall } from '#core/calls/index.ts';
import { openApiDesk, type ApiDesk } from './api-desk.test-support.ts';

const number = { partyKey: '+74951234567', dial: '+74951234567', display: '+7 495 123-45-67', extension: null };
const listed = { id: 'p-1', name: 'Анна', firm: 'Ромашка', role: 'Директор', number, numberCount: 2 } as ListedPerson;
const detail = {
  ...listed,
  numbers: [
    { ...number, label: 'work' },
    { ...number, label: 'mobile' },
  ],
  emails: ['anna@office.example'],
} as PersonDetail;
const directory = {
  match: (text: string) =>
    text === '+74951234567' ? [{ confidence: 'certain' as const, person: listed, label: 'work' }] : [],
  list: async () => ({ total: 1, rows: [listed], version: 1 }),
  get: async (id: string) => (id === 'p-1' ? detail : null),
};

let desk: ApiDesk;
beforeEach(async () => (desk = await openApiDesk({ directory })));
afterEach(() => desk.close());

const post = (path: string, body?: unknown) => desk.ask(path, { method: 'POST', body });
const code = (answer: { json: Record<string, unknown> }) => apiError.parse(answer.json).error.code;

describe('calls through the API', () => {
  it('are told with the phone that they are on', async () => {
    expect((await desk.ask('/v1/status')).json).toEqual({ version: '1.2.3', registered: true, calls: 0 });
    const { lines } = (await desk.ask('/v1/lines')).json as { lines: { address: string; features: string[] }[] };
    expect(lines.map(({ address }) => address)).toEqual(['101@pbx.example', '102@other.example']);
    expect(lines[0]!.features).toEqual([
      'make',
      'answer',
      'drop',
      'hold',
      'unhold',
      'swap',
      'dialDigits',
      'blindTransfer',
    ]);
  });

  it('are placed, held, taken back and ended', async () => {
    const placed = await post('/v1/calls', { text: '+7 495 123-45-67' });
    expect(placed.status).toBe(201);
    const { callId } = placed.json as { callId: string };
    const state = async () =>
      ((await desk.ask(`/v1/calls/${callId}`)).json as { call: { state: string; possible: string[] } }).call;
    expect(await state()).toMatchObject({ state: 'dialing', number: '+74951234567', possible: ['drop'] });
    expect(code(await post(`/v1/calls/${callId}/hold`))).toBe('call.not-possible-now');
    desk.userAgents[0]!.sessions[0]!.answered.fire();
    expect(await state()).toMatchObject({
      state: 'connected',
      possible: ['drop', 'hold', 'dialDigits', 'blindTransfer'],
    });
    expect((await post(`/v1/calls/${callId}/digits`, { digits: '12,#' })).json).toEqual({});
    await post(`/v1/calls/${callId}/hold`);
    expect(await state()).toMatchObject({
      state: 'onHold',
      possible: ['drop', 'unhold', 'dialDigits', 'blindTransfer'],
    });
    await post(`/v1/calls/${callId}/unhold`);
    expect((await state()).state).toBe('connected');
    expect((await post(`/v1/calls/${callId}/drop`)).json).toEqual({});
    expect(desk.calls.live()).toEqual([]);
  });

  it('are placed on the line that is named', async () => {
    const { lines } = (await desk.ask('/v1/lines')).json as { lines: { id: string }[] };
    const { callId } = (await post('/v1/calls', { text: '201', lineId: lines[1]!.id })).json as { callId: string };
    expect(desk.calls.find(callId)?.lineId).toBe(lines[1]!.id);
    expect((await post('/v1/calls', { text: '201', lineId: 'none' })).status).toBe(404);
  });

  it('are swapped, and only then can be', async () => {
    const first = placeCall(desk.services, '201', null);
    desk.userAgents[0]!.sessions[0]!.answered.fire();
    expect(code(await post('/v1/calls/swap'))).toBe('call.not-possible-now');
    const second = placeCall(desk.services, '202', null);
    desk.userAgents[0]!.sessions[1]!.answered.fire();
    expect([first.callState, second.callState]).toEqual(['onHold', 'connected']);
    expect((await post('/v1/calls/swap')).status).toBe(200);
    expect([first.callState, second.callState]).toEqual(['connected', 'onHold']);
  });

  it('are answered and declined', async () => {
    const sessions = [desk.userAgents[0]!.receive({ user: '201' }), desk.userAgents[0]!.receive({ user: '202' })];
    const [first, second] = desk.calls.live();
    expect((await post(`/v1/calls/${first!.id}/answer`)).status).toBe(200);
    expect((await post(`/v1/calls/${second!.id}/drop`)).status).toBe(200);
    expect(sessions[1]!.log.join()).toContain('603');
  });

  it('say of what these lines cannot do that they cannot', async () => {
    const call = placeCall(desk.services, '201', null);
    desk.userAgents[0]!.sessions[0]!.answered.fire();
    const asked: [string, string, unknown][] = [
      ['POST', `/v1/calls/${call.id}/consult`, { text: '202' }],
      ['POST', `/v1/calls/${call.id}/complete-transfer`, { consultationCallId: 'x' }],
      ['POST', `/v1/calls/${call.id}/conference`, { otherCallId: 'x' }],
      ['POST', `/v1/calls/${call.id}/park`, {}],
      ['POST', '/v1/calls/pick-up', { text: '202' }],
      ['PUT', `/v1/lines/${call.lineId}/do-not-disturb`, { on: true }],
    ];
    for (const [method, path, body] of asked) {
      const answer = await desk.ask(path, { method, body });
      expect([path, answer.status, code(answer)]).toEqual([path, 501, 'call.not-supported']);
    }
  });

  it('that nobody knows are not found', async () => {
    for (const path of ['/v1/calls/none', '/v1/log/none', '/v1/people/none'])
      expect((await desk.ask(path)).status).toBe(404);
    expect((await post('/v1/calls/none/answer')).status).toBe(404);
    expect((await post('/v1/card', { personId: 'none' })).status).toBe(404);
  });
});

describe('people and the log through the API', () => {
  it('are looked up, searched and read', async () => {
    const person = {
      id: 'p-1',
      name: 'Анна',
      firm: 'Ромашка',
      role: 'Директор',
      numbers: [expect.objectContaining({ label: 'work' }), expect.objectContaining({ label: 'mobile' })],
    };
    expect((await desk.ask('/v1/lookup?number=%2B74951234567')).json).toEqual({
      matches: [{ confidence: 'certain', person }],
    });
    expect((await desk.ask('/v1/people?text=%D0%B0%D0%BD&limit=5')).json).toEqual({ total: 1, people: [person] });
    expect((await desk.ask('/v1/people/p-1')).json).toEqual({ person: { ...person, emails: ['anna@office.example'] } });
  });

  it('are shown on the screen', async () => {
    const shown: unknown[] = [];
    desk.onShown((card) => shown.push(card));
    await post('/v1/card', { number: '+74951234567' });
    await post('/v1/card', { personId: 'p-1' });
    expect(shown).toEqual([
      { number: '+74951234567', personId: null },
      { number: null, personId: 'p-1' },
    ]);
  });

  it('are read page by page, and annotated', async () => {
    for (const id of ['a', 'b', 'c'])
      await desk.callLog.record(callRecordOf({ id, offeredAt: 1_767_225_600_000 + id.charCodeAt(0) }));
    const first = (await desk.ask('/v1/log?limit=2&direction=incoming')).json as {
      records: { id: string }[];
      next: string;
    };
    const rest = (await desk.ask(`/v1/log?limit=2&after=${first.next}`)).json as typeof first;
    expect([...first.records, ...rest.records].map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(rest.next).toBeNull();
    const noted = await desk.ask('/v1/log/a', {
      method: 'PATCH',
      body: { note: 'Перезвонить', outcome: 'Интерес', tags: ['опт'] },
    });
    expect(noted.json).toMatchObject({ record: { id: 'a', note: 'Перезвонить', outcome: 'Интерес', tags: ['опт'] } });
    expect((await desk.ask('/v1/log/a')).json).toEqual(noted.json);
    const cleared = await desk.ask('/v1/log/a', { method: 'PATCH', body: { outcome: null } });
    expect(cleared.json).toMatchObject({ record: { note: 'Перезвонить', outcome: null } });
  });

  it('have their numbers found in a text', async () => {
    const { numbers } = (await post('/v1/numbers', { text: 'Тел.: 8 (495) 123-45-67' })).json as { numbers: unknown[] };
    expect(numbers).toEqual([
      { at: 6, length: 17, text: '8 (495) 123-45-67', dial: '+74951234567', display: '+7 495 123-45-67' },
    ]);
  });
});

it('every operation of the table has a route', async () => {
  for (const name of Object.keys(operations) as OperationName[]) {
    const { method, path } = operations[name];
    const answer = await desk.ask(`/v1${path.replace(/\{\w+\}/g, 'x'.repeat(20))}`, {
      method,
      ...(method === 'GET' ? {} : { body: {} }),
    });
    expect([name, answer.text]).not.toEqual([name, expect.stringContaining('no such operation') as string]);
  }
});

describe('a wish to dial through the API', () => {
  it('hands on the line that is named, and who opened a link where Offhook’s own command says so', async () => {
    const origin = { id: '/opt/crm/crm', name: 'CRM' };
    const program = await desk.pair('1C', ['calls:dial']);
    const link = { source: 'link', text: 'tel:12', origin };
    const lineId = desk.lines.snapshots()[1]!.id;
    await desk.ask('/v1/calls', { method: 'POST', body: { text: '12', lineId } });
    await desk.ask('/v1/dial-requests', { method: 'POST', body: link });
    await desk.ask('/v1/dial-requests', { method: 'POST', body: link, token: program.token });
    expect(desk.opened).toEqual([
      { source: 'command-line', text: '12', origin: null, lineId },
      { source: 'link', text: 'tel:12', origin },
      { source: 'program', text: 'tel:12', origin: { id: `program:${program.id}`, name: '1C' } },
    ]);
  });
});
