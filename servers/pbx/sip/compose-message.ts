import { headerValue, headerValues, type SipHeader, type SipMessage } from '#core/sip/messages/sip-message.ts';
import { tagOf } from './name-address.ts';

export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface Body {
  type: string;
  text: string;
}

export const sdpBody = (text: string): Body => ({ type: 'application/sdp', text });

/** What we understand in a request (RFC 3261 20.5). */
export const allowed = 'INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, INFO, UPDATE, REFER';

const fields = (list: HeaderList): SipHeader[] => list.map(([name, value]) => ({ name: name.toLowerCase(), value }));

/**
 * A response with what RFC 3261 8.2.6.2 copies from the request.
 * @param tag our To tag, for a request that came without one
 */
export function composeResponse(
  request: SipMessage,
  status: number,
  reason: string,
  options: { tag?: string | null; headers?: HeaderList; body?: Body | null } = {},
): SipMessage {
  const copied: SipHeader[] = [];
  for (const name of ['via', 'record-route', 'from', 'to', 'call-id', 'cseq']) {
    if (name === 'record-route' && (status === 100 || status >= 300)) continue;
    for (const value of headerValues(request, name)) copied.push({ name, value });
  }
  const to = copied.find(({ name }) => name === 'to');
  if (to && options.tag && tagOf(to.value) === null) to.value = `${to.value};tag=${options.tag}`;
  const headers = [...copied, ...fields(options.headers ?? []), { name: 'server', value: 'Offhook' }];
  if (options.body) headers.push({ name: 'content-type', value: options.body.type });
  return {
    kind: 'response',
    method: request.method,
    requestUri: '',
    status,
    startLine: `SIP/2.0 ${status} ${reason}`,
    headers,
    body: options.body?.text ?? '',
  };
}

export function composeRequest(method: string, requestUri: string, headers: HeaderList, body: Body | null = null): SipMessage {
  const all = fields([...headers, ['Max-Forwards', '70'], ['User-Agent', 'Offhook'], ...(body ? [['Content-Type', body.type] as const] : [])]);
  return {
    kind: 'request',
    method,
    requestUri,
    status: 0,
    startLine: `${method} ${requestUri} SIP/2.0`,
    headers: all,
    body: body?.text ?? '',
  };
}

/** A request that repeats the top Via of another: ACK to a refusal (17.1.1.3) and CANCEL (9.1). */
export function composeCompanion(method: 'ACK' | 'CANCEL', invite: SipMessage, to: string, more: HeaderList = []): SipMessage {
  const sequence = headerValue(invite, 'cseq')!.split(/\s/)[0]!;
  const route = headerValues(invite, 'route').map((value) => ['Route', value] as const);
  return composeRequest(method, invite.requestUri, [
    ['Via', headerValue(invite, 'via')!],
    ['From', headerValue(invite, 'from')!],
    ['To', to],
    ['Call-ID', headerValue(invite, 'call-id')!],
    ['CSeq', `${sequence} ${method}`],
    ...route,
    ...more,
  ]);
}

/** The body when it is SDP; null when there is none, and null too for what we do not read. */
export function sdpOf(message: SipMessage): string | null {
  if (message.body.trim() === '') return null;
  const type = (headerValue(message, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  return type === 'application/sdp' ? message.body : null;
}
