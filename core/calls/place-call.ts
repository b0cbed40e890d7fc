import { OffhookError } from '#contract/errors.ts';
import { dialPlan, type DialPlan } from '#core/contacts/index.ts';
import type { Line } from '#core/lines/index.ts';
import { CODECS, MAX_CALLS, type CallServices } from './call-services.ts';
import { Call } from './call.ts';
import { holdOthers } from './hold-call.ts';
import { readIdentity } from './remote-party.ts';
import { sendPendingDigits } from './send-digits.ts';

/**
 * Places a call to whatever was typed. Everything here is synchronous: the INVITE of an RTP line is on the wire before
 * the loop's next turn. Emergency numbers take any registered line and no limit holds them up.
 * @throws OffhookError `number.*`, `line.none`, `line.unknown`, `call.limit-reached`
 */
export function placeCall(services: CallServices, text: string, lineId: string | null): Call {
  const plan = dialPlan(text, services.numberRules());
  if (!plan.emergency && services.calls.live().length >= MAX_CALLS) throw new OffhookError('call.limit-reached');
  const line = chooseLine(services, plan, lineId);
  holdOthers(services, null);
  const call = invite(services, line, plan, services.audio);
  services.calls.add(call);
  call.onChanged(() => {
    if (call.established && call.waitingDigits !== null) sendPendingDigits(services, call);
  });
  return call;
}

function chooseLine(services: CallServices, plan: DialPlan, lineId: string | null): Line {
  if (lineId === null) return services.lines.forDialling();
  const line = services.lines.find(lineId);
  if (!line) throw new OffhookError('line.unknown');
  if (line.userAgent && (line.registered || !plan.emergency)) return line;
  if (plan.emergency) return services.lines.forDialling();
  throw new OffhookError('line.not-registered', { values: { line: line.label } });
}

export function invite(services: CallServices, line: Line, plan: DialPlan, endpoint: 'window' | 'synthetic'): Call {
  const id = services.newId();
  const { userAgent, account } = line;
  if (!userAgent) throw new OffhookError('line.not-registered', { values: { line: line.label } });
  const leg = services.media.create({
    callId: id,
    security: account.media,
    localAddress: userAgent.localAddress,
    codecs: CODECS,
    stunServer: account.stunServer,
    endpoint,
  });
  try {
    const session = userAgent.invite(plan.target, leg);
    return new Call({
      id,
      lineId: line.id,
      direction: 'outgoing',
      remote: {
        number: plan.address,
        extension: plan.extension,
        display: plan.display,
        name: null,
        withheld: false,
        asserted: false,
        diversion: null,
      },
      emergency: plan.emergency,
      pendingDigits: plan.extension,
      session,
      leg,
      clock: services.clock,
      readIdentity: (identity) => ({
        ...readIdentity(identity, services.numberRules()),
        number: plan.address,
        extension: plan.extension,
        display: plan.display,
      }),
    });
  } catch (error) {
    leg.dispose();
    throw error;
  }
}
