import { expect, it } from 'vitest';
import { nobody } from '#core/sip/memory-user-agent.ts';
import { openDesk } from './call-desk.test-support.ts';
import { answerCall, placeCall } from './index.ts';

const olga = { ...nobody, user: '+74951234567', host: 'pbx.example', displayName: 'Ольга', asserted: true };
const store = { ...olga, user: '204', displayName: 'Склад' };

it('keeps who called, and where the call was transferred as a leg of its own', async () => {
  const { services, userAgents, records, clock } = await openDesk();
  const session = userAgents[0]!.receive(olga);
  await answerCall(services, services.calls.live()[0]!);
  clock.advance(60_000);
  session.identities.fire(store);
  clock.advance(30_000);
  session.finish({});
  const [record] = await records();
  const { offeredAt, endedAt } = record!;
  expect(record).toMatchObject({ number: '+74951234567', name: 'Ольга', partyKey: '+74951234567', internal: false });
  expect(record!.legs.map(({ kind, number, startedAt, endedAt }) => [kind, number, startedAt, endedAt])).toEqual([
    ['call', '+74951234567', offeredAt, offeredAt + 60_000],
    ['transfer', '204', offeredAt + 60_000, endedAt],
  ]);
});

it('needs no legs for a call with one far end, even if its name comes late', async () => {
  const { services, userAgents, records } = await openDesk();
  const session = userAgents[0]!.receive({ ...olga, displayName: null });
  session.identities.fire(olga);
  await answerCall(services, services.calls.live()[0]!);
  session.finish({});
  expect(await records()).toMatchObject([{ name: 'Ольга', legs: [] }]);
});

it('knows a colleague from an outside number, however the PBX wants it dialled', async () => {
  const { services, settings, records } = await openDesk();
  Object.assign(settings, { dialOutPrefix: '9', dialFormat: 'national' });
  placeCall(services, '204', null);
  placeCall(services, '8 (495) 123-45-67', null);
  const found = (await records()).map(({ number, partyKey, internal }) => [number, partyKey, internal]);
  expect(found).toEqual(
    expect.arrayContaining([
      ['204', '204', true],
      ['+74951234567', '+74951234567', false],
    ]),
  );
});
