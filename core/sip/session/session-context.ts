import type { UserAgentCore } from 'sip.js/lib/core/index.js';
import type { Clock, Logger } from '#core/foundation/index.ts';
import { parseMessage } from '../messages/parse-message.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import type { SipAccount } from '../user-agent.ts';

/** What the sessions of one user agent share. */
export interface SessionContext {
  core: UserAgentCore;
  account: SipAccount;
  clock: Clock;
  logger: Logger;
  /** 0 to 1, as Math.random. */
  random: () => number;
  /** Fresh, unguessable and fit for a token. */
  newToken: () => string;
  /** Header line with the fixed Contact. */
  contact: string;
  /** Whether that host is the server's, for redirects. */
  isOwnDomain: (host: string) => boolean;
  /** Something that still has to reach the wire and be confirmed before the sockets close. */
  farewell: (done: Promise<void>) => void;
}

/** sip.js's message as ours; null for the responses that it makes up itself when a transaction fails. */
export function plainMessage(message: { data?: string }): SipMessage | null {
  if (!message.data) return null;
  const parsed = parseMessage(message.data);
  return parsed.ok ? parsed.message : null;
}

export function sdpBody(content: string) {
  return { contentDisposition: 'session', contentType: 'application/sdp', content };
}
