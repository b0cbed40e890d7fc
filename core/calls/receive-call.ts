import type { Line } from '#core/lines/index.ts';
import type { SipInvitation } from '#core/sip/index.ts';
import { CODECS, MAX_CALLS, type CallServices } from './call-services.ts';
import { Call } from './call.ts';
import { keepOneVoice } from './one-voice.ts';
import { readIdentity } from './remote-party.ts';

/**
 * A call comes in: it rings (180) in the same turn. A phone with no room for it is busy, and the caller still leaves
 * a record, for which the call is made all the same.
 */
export function receiveCall(services: CallServices, line: Line, invitation: SipInvitation): Call | null {
  const full = services.calls.live().length >= MAX_CALLS;
  const id = services.newId();
  const { userAgent, account } = line;
  if (!userAgent) {
    invitation.refuse(480, 'Temporarily Unavailable');
    return null;
  }
  const leg = services.media.create({
    callId: id,
    security: account.media,
    localAddress: userAgent.localAddress,
    codecs: CODECS,
    stunServer: account.stunServer,
    endpoint: services.audio,
  });
  const rules = services.numberRules();
  const call = new Call({
    id,
    lineId: line.id,
    direction: 'incoming',
    remote: readIdentity(invitation.identity, rules),
    emergency: false,
    pendingDigits: null,
    session: invitation.take(leg),
    leg,
    clock: services.clock,
    readIdentity: (identity) => readIdentity(identity, services.numberRules()),
    matchParty: services.matchParty,
  });
  services.calls.add(call);
  keepOneVoice(services, call);
  if (full) call.session.reject(486, 'Busy Here');
  else call.session.ring();
  return call;
}
