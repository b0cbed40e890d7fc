import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApiDesk, type ApiDesk } from './api-desk.test-support.ts';

let desk: ApiDesk;
beforeEach(async () => (desk = await openApiDesk()));
afterEach(() => desk.close());

describe('the local API', () => {
  it('tells how the phone is, and what each line can do', async () => {
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

  it('places a call, and takes it through its states', async () => {
    const placed = await desk.ask('/v1/calls', { method: 'POST', body: { text: '+7 495 123-45-67' } });
    expect(placed.status).toBe(201);
    const { callId } = placed.json as { callId: string };
    expect((await desk.ask(`/v1/calls/${callId}`)).json).toMatchObject({
      call: { id: callId, number: '+74951234567', possible: ['drop'] },
    });
    expect((await desk.ask(`/v1/calls/${callId}/hold`, { method: 'POST' })).status).toBe(409);
    expect((await desk.ask(`/v1/calls/${callId}/drop`, { method: 'POST' })).json).toEqual({});
    expect(desk.calls.live()).toEqual([]);
  });

  it('hands on the line that is named, and who opened a link where Offhook’s own command says so', async () => {
    const origin = { id: '/opt/crm/crm', name: 'CRM' };
    const program = await desk.pair('1C', ['calls:dial']);
    const link = { source: 'link', text: 'tel:12', origin };
    await desk.ask('/v1/calls', { method: 'POST', body: { text: '12', lineId: 'second' } });
    await desk.ask('/v1/dial-requests', { method: 'POST', body: link });
    await desk.ask('/v1/dial-requests', { method: 'POST', body: link, token: program.token });
    expect(desk.opened).toEqual([
      { source: 'command-line', text: '12', origin: null, lineId: 'second' },
      { source: 'link', text: 'tel:12', origin },
      { source: 'program', text: 'tel:12', origin: { id: `program:${program.id}`, name: '1C' } },
    ]);
  });
});
