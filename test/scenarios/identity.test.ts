import { describe, expect, test } from 'vitest';
import type { RemoteParty } from '#contract/ipc/index.ts';
import { Office } from '#test/support/office.ts';
import { SippScenario } from '#test/support/sipp-scenario.ts';
import * as sipp from '#test/support/sipp-steps.ts';
import { openStage } from '#test/support/stage.ts';

/** Who the agent thinks is calling, when sipp calls with these headers. */
async function rings(options: sipp.CallerOptions, trustIdentity = false): Promise<RemoteParty> {
  const stage = openStage();
  const office = await Office.open(stage);
  const { agent } = await office.registeredAgent({ trustIdentity });
  const call = new SippScenario({
    directory: stage.folder('sipp'),
    target: `127.0.0.1:${office.server.port}`,
    service: '1001',
    steps: [sipp.invite(options), sipp.expect(180), sipp.expect(603), sipp.ackRefusal(options)],
  });
  await stage.enter(call);
  const { id: callId, remote } = await agent.incoming();
  await agent.client.call('calls.decline', { callId });
  await call.succeeded();
  const record = await agent.record();
  expect(record).toMatchObject({ number: remote.number, name: remote.name, withheld: remote.withheld });
  return remote;
}

const asserted = 'P-Asserted-Identity: "Boss" <sip:+74951112233@127.0.0.1>';

describe('who is calling', () => {
  test('number and name come from From', async () => {
    const remote = await rings({ fromHeader: '"Иван Петров" <sip:+74951234567@127.0.0.1>' });
    expect(remote).toMatchObject({ number: '+74951234567', name: 'Иван Петров', withheld: false, asserted: false, diversion: null });
  });

  test('an asserted identity counts where the server is trusted', async () => {
    const remote = await rings({ from: '7700', headers: asserted }, true);
    expect(remote).toMatchObject({ number: '+74951112233', name: 'Boss', asserted: true });
  });

  test('an asserted identity is nothing where the server is not trusted', async () => {
    const remote = await rings({ from: '7700', headers: asserted }, false);
    expect(remote).toMatchObject({ number: '7700', asserted: false });
    expect(remote.name).not.toBe('Boss');
  });

  test('a withheld number is withheld, also in the record', async () => {
    const remote = await rings({ fromHeader: '"Anonymous" <sip:anonymous@anonymous.invalid>', headers: 'Privacy: id' });
    expect(remote).toMatchObject({ number: null, withheld: true });
  });

  test('a diversion is shown with its reason', async () => {
    const remote = await rings({ from: '7700', headers: 'Diversion: <sip:1003@127.0.0.1>;reason=no-answer;counter=1' });
    expect(remote).toMatchObject({ number: '7700', diversion: { display: '1003', reason: 'no-answer' } });
  });

  test('a name that would disguise the number is made harmless', async () => {
    const remote = await rings({ fromHeader: '"Bank\u202e <script>alert(1)</script>" <sip:7700@127.0.0.1>' });
    expect(remote.name).not.toMatch(/[\u202a-\u202e]/);
    expect(remote.number).toBe('7700');
  });
});
