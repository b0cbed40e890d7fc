import { expect as check, describe, test } from 'vitest';
import { SippScenario } from '#test/support/sipp-scenario.ts';
import { ack, ackRefusal, audioSdp, expect, inDialog, invite, pause } from '#test/support/sipp-steps.ts';
import { openStage } from '#test/support/stage.ts';
import { openPbx } from './pbx-stage.ts';

const from = '101';
const noBody = 'Content-Length: 0\n\n';

/** The second INVITE, with the answer to the challenge that came to the first. */
function authenticated(password: string, body: string): string {
  return `<send retrans="500"><![CDATA[

INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-second;rport
To: <sip:[service]@[remote_ip]:[remote_port]>
CSeq: 2 INVITE
From: <sip:101@[remote_ip]:[remote_port]>;tag=sipp[call_number]
Call-ID: [call_id]
Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
[authentication username=101 password=${password}]
${body}

]]></send>`;
}

const challenged = '<recv response="100" optional="true"/>\n<recv response="407" auth="true"/>';

describe('sipp on Offhook’s PBX', () => {
  test.for([
    ['udp', false],
    ['tcp', false],
    ['udp', true],
  ] as const)('calls the echo service with a digest: %s, offer in the ACK %s', async ([transport, isLate]) => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const caller = await stage.enter(
      new SippScenario({
        directory: stage.folder('sipp'),
        target: pbx.at('udp'),
        service: '600',
        transport,
        steps: [
          invite({ from }),
          challenged,
          ackRefusal({ from }),
          authenticated(pbx.passwords.get('101')!, isLate ? noBody : audioSdp()),
          expect(200),
          ack({ from, cseq: 2, body: isLate ? audioSdp() : noBody }),
          pause(300),
          inDialog('BYE', 3, { from }),
          expect(200),
        ],
      }),
    );
    await caller.succeeded();
    check(pbx.running.records.recent(1)[0]).toMatchObject({ caller: '101', answeredBy: 'echo', endedBy: 'caller', codec: 'PCMA' });
  });

  test('is refused with a wrong password, again and again, and then not even asked', async () => {
    const stage = openStage();
    const pbx = await openPbx(stage);
    const refused = (reason: string) => `<recv response="100" optional="true"/>\n<recv response="403"><action><ereg regexp="${reason}" search_in="msg" check_it="true" assign_to="1"/></action></recv>\n<Reference variables="1"/>`;
    for (const reason of [...Array<string>(5).fill('403 Forbidden'), '403 Too Many']) {
      const caller = await stage.enter(
        new SippScenario({
          directory: stage.folder('sipp'),
          target: pbx.at('udp'),
          service: '600',
          steps: [invite({ from }), challenged, ackRefusal({ from }), authenticated('wrong', audioSdp()), refused(reason), secondAck],
        }),
      );
      await caller.succeeded();
    }
    check(pbx.running.records.recent(10).map(({ disposition }) => disposition)).toEqual(Array(6).fill('refused'));
  });
});

const secondAck = `<send><![CDATA[

ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-second;rport
[last_To:]
From: <sip:101@[remote_ip]:[remote_port]>;tag=sipp[call_number]
Call-ID: [call_id]
CSeq: 2 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>`;
