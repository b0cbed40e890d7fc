import { OffhookError } from '#contract/errors.ts';
import { dialPlan, type DialPlan } from '#core/contacts/index.ts';
import type { Line } from '#core/lines/index.ts';
import { CODECS, MAX_CALLS, type CallServices } from './call-services.ts';
import { Call } from './call.ts';
import { holdOthers } from './hold-call.ts';
import { keepOneVoice } from './one-voice.ts';
import { readIdentity } from './remote-party.ts';
import { sendPendingDigits } from './send-digits.ts';

/**
 * Places a call to whatever was typed. Everything here is synchronous: the INVITE of an RTP line is on the wire before
 * the loop's next turn. Emergency numbers take any registered line, and the next one when it cannot take the call; no
 * limit holds them up.
 * @throws OffhookError `number.*`, `line.none`, `line.unknown`, `call.limit-reached`
 */
export function placeCall(services: CallServices, text: string, lineId: string | null): Call {
  const plan = dialPlan(text, services.numberRules());
  if (plan.emergency) return placeEmergencyCall(services, plan, services.lines.forEmergency(lineId));
  if (services.calls.live().length >= MAX_CALLS) throw new OffhookError('call.limit-reached');
  return start(services, chooseLine(services, lineId), plan);
}

function placeEmergencyCall(services: CallServices, plan: DialPlan, [line, ...others]: Line[]): Call {
  if (!line) throw new OffhookError('line.none');
  const call = start(services, line, plan);
  call.onEnded(() => {
    if (call.snapshot().ending?.disposition !== 'failed' || others.length === 0) return;
    services.logger.warn('an emergency call failed, the next line tries', { lineId: line.id });
    placeEmergencyCall(services, plan, others);
  });
  return call;
}

function start(services: CallServices, line: Line, plan: DialPlan): Call {
  holdOthers(services, null);
  const call = invite(services, line, plan, services.audio);
  services.calls.add(call);
  services.calls.focus = call.id;
  keepOneVoice(services, call);
  call.onChanged(() => {
    if (call.established && call.waitingDigits !== null) sendPendingDigits(services, call);
  });
  return call;
}

function chooseLine(services: CallServices, lineId: string | null): Line {
  if (lineId === null) return services.lines.forDialling();
  const line = services.lines.find(lineId);
  if (!line) throw new OffhookError('line.unknown');
  if (!line.userAgent) throw new OffhookError('line.not-registered', { values: { line: line.label } });
  return line;
}

/** The bare call: an INVITE on that line with a leg of its own. */
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
  const { extension, display, emergency } = plan;
  // Dial rules are applied anew when it is dialled again; without them the same party is known by one number.
  const number = plan.e164 ?? plan.address;
  try {
    return new Call({
      id,
      lineId: line.id,
      direction: 'outgoing',
      remote: { number, extension, display, name: null, withheld: false, asserted: false, diversion: null },
      emergency,
      pendingDigits: extension,
      session: userAgent.invite(plan.target, leg),
      leg,
      clock: services.clock,
      // Who answers may have a name; what was dialled stays what was dialled.
      readIdentity: (identity) => ({ ...readIdentity(identity, services.numberRules()), number, extension, display }),
      matchParty: services.matchParty,
    });
  } catch (error) {
    leg.dispose();
    throw error;
  }
}
