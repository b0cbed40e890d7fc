import type { RemoteParty } from '#contract/ipc/index.ts';
import { formatNumber, readNumber, type NumberRules } from '#core/contacts/index.ts';
import { showLine } from '#core/foundation/index.ts';
import type { SipIdentity } from '#core/sip/index.ts';

const MAX_NAME_LENGTH = 120;

/** Who is at the other end, as the window shows it: number in its normal form, hostile text made safe to show. */
export function readIdentity(identity: SipIdentity, rules: NumberRules): RemoteParty {
  const { number, extension, display } = readUser(identity.user, identity.host, rules);
  const { diversion } = identity;
  return {
    number: identity.withheld ? null : number,
    extension: identity.withheld ? null : extension,
    display: identity.withheld ? '' : display,
    name: identity.withheld ? null : showable(identity.displayName),
    withheld: identity.withheld,
    asserted: identity.asserted,
    diversion: diversion && {
      display: showable(diversion.displayName) ?? readUser(diversion.user, null, rules).display,
      reason: showable(diversion.reason),
    },
  };
}

function readUser(user: string | null, host: string | null, rules: NumberRules) {
  if (user === null || user === '') return { number: null, extension: null, display: showable(host) ?? '' };
  const parsed = /^[+\d*#(]/.test(user) ? readNumber(user, rules) : null;
  if (parsed)
    return { number: parsed.number, extension: parsed.extension, display: formatNumber(parsed.number, rules) };
  const address = host ? `${user}@${host}` : user;
  return { number: `sip:${address}`, extension: null, display: showable(address) ?? '' };
}

/** What could disguise a caller is dropped, and length is bounded. */
function showable(text: string | null): string | null {
  const shown = showLine(text ?? '', MAX_NAME_LENGTH);
  return shown === '' ? null : shown;
}
