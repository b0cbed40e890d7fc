/** What an address bar, a link or a page may hold instead of a bare number. */
export type ReadUri = { kind: 'number'; text: string; extension: string | null } | { kind: 'sip-address'; uri: string };

const host = /^(?:\[[0-9a-f:.]{2,45}\]|[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)(?::\d{1,5})?$/iu;
// What RFC 3261 25.1 lets stand in a user part, and letters of other scripts, which are escaped when sent.
const user = /^[\p{L}\p{N}\-_.!~*'()&=+$,;?/#%]{1,128}$/u;
const encodedControl = /%(?:[01][0-9a-f]|7f)/i;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray per cent sign: taken as it stands.
    return text;
  }
}

function sipAddress(scheme: string, rest: string): ReadUri | null {
  const [before = ''] = rest.split(/[?>\s]/, 1);
  const at = before.lastIndexOf('@');
  const [address = '', ...parameters] = before.slice(at + 1).split(';');
  // A password in an address (RFC 3261 19.1.1) is never sent on.
  const [name = ''] = before.slice(0, at).split(':', 1);
  if (!user.test(name) || encodedControl.test(name) || address.length > 260 || !host.test(address)) return null;
  const transport = parameters.find((parameter) => /^transport=(udp|tcp|tls|ws|wss)$/i.test(parameter));
  return { kind: 'sip-address', uri: `${scheme}:${name}@${address}${transport ? `;${transport.toLowerCase()}` : ''}` };
}

/** RFC 3966: `;ext=`, and `;phone-context=+7495`, which goes before a local number. */
function telephone(rest: string): ReadUri {
  const [number = '', ...parameters] = decode(rest.split(/[?>]/, 1)[0] ?? '').split(';');
  const value = (name: string) =>
    parameters.find((parameter) => parameter.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  const context = value('phone-context');
  const prefix = context && /^\+\d{1,14}$/.test(context) && !number.startsWith('+') ? context : '';
  const extension = value('ext')?.replace(/[\s().-]/g, '') ?? null;
  return {
    kind: 'number',
    text: prefix + number,
    extension: extension && /^\d{1,32}$/.test(extension) ? extension : null,
  };
}

/** Null when the text is no URI and no `user@host`. */
export function readUri(text: string): ReadUri | null {
  const inner = /<\s*((?:sips?|tel|callto):[^<>]+)>/i.exec(text)?.[1] ?? text;
  const match = /^(sips?|tel|callto):(?:\/\/)?(.*)$/i.exec(inner.trim());
  const scheme = match?.[1]?.toLowerCase();
  const rest = match?.[2] ?? '';
  if (scheme === 'sip' || scheme === 'sips') {
    if (rest.includes('@')) return sipAddress(scheme, rest);
    return telephone(rest);
  }
  if (scheme === 'callto' && rest.includes('@')) return sipAddress('sip', rest);
  if (scheme) return telephone(rest);
  if (/^[^\s@]+@[^\s@]+$/.test(inner)) return sipAddress('sip', inner);
  return null;
}
