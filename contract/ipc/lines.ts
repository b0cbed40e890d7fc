import { z } from 'zod';
import { errorReport } from '../errors.ts';

export const lineId = z.string().min(1).max(64);

export const sipTransport = z.enum(['udp', 'tcp', 'tls', 'ws', 'wss']);
export type SipTransport = z.infer<typeof sipTransport>;

/** How the audio of a line travels: plain RTP, SDES-SRTP (RFC 4568), or the window's own WebRTC (DTLS-SRTP and ICE). */
export const mediaSecurity = z.enum(['rtp', 'srtp', 'webrtc']);
export type MediaSecurity = z.infer<typeof mediaSecurity>;

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[\p{L}\p{N}._:[\]-]+$/u, 'a host name or an address');
const port = z.int().min(1).max(65535);
// Visible characters that cannot end a SIP URI or a header line.
const sipUser = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[^\s<>"@:;,\r\n]+$/u, 'no spaces, quotes, @ : ; , < >');

/** A line is an account on a PBX. The password travels to the agent only, and never comes back. */
export const account = z.object({
  label: z.string().trim().max(80).default(''),
  displayName: z.string().trim().max(80).default(''),
  user: sipUser,
  /** Digest user name, where it differs from `user`. */
  authorizationUser: sipUser.nullable().default(null),
  domain: host,
  transport: sipTransport.default('udp'),
  /** Where to connect, when it is not what the domain's DNS says. */
  serverHost: host.nullable().default(null),
  serverPort: port.nullable().default(null),
  /** `host` or `host:port` through which every request goes first. */
  outboundProxy: host.nullable().default(null),
  webSocketPath: z.string().startsWith('/').max(200).default('/ws'),
  media: mediaSecurity.default('rtp'),
  /** Seconds asked for in REGISTER; the server may shorten it. */
  registerExpires: z.int().min(60).max(86400).default(300),
  /** Take the caller from P-Asserted-Identity and Remote-Party-ID (RFC 3325): only for a server one trusts. */
  trustIdentity: z.boolean().default(false),
  verifyCertificate: z.boolean().default(true),
  /** `stun:host:port`, for WebRTC lines only. */
  stunServer: z.string().max(253).nullable().default(null),
  enabled: z.boolean().default(true),
});
export type Account = z.infer<typeof account>;
export type AccountInput = z.input<typeof account>;

export const registrationState = z.enum(['disabled', 'registering', 'registered', 'refused', 'unreachable']);
export type RegistrationState = z.infer<typeof registrationState>;

export const lineSnapshot = z.object({
  id: lineId,
  account,
  hasPassword: z.boolean(),
  isDefault: z.boolean(),
  registration: z.object({
    state: registrationState,
    /** Unix ms since which this state holds. */
    since: z.number(),
    /** Unix ms of the next try, when refused or unreachable. */
    nextTryAt: z.number().nullable(),
    error: errorReport.nullable(),
  }),
});
export type LineSnapshot = z.infer<typeof lineSnapshot>;

export const lineCommands = {
  'lines.list': { args: z.object({}), result: z.array(lineSnapshot) },
  'lines.add': {
    args: z.object({ account, password: z.string().max(256) }),
    result: z.object({ lineId }),
  },
  'lines.update': {
    /** `password: null` keeps the one that is stored. */
    args: z.object({ lineId, account, password: z.string().max(256).nullable().default(null) }),
    result: z.object({}),
  },
  'lines.remove': { args: z.object({ lineId }), result: z.object({}) },
  'lines.setDefault': { args: z.object({ lineId }), result: z.object({}) },
  /** Tries to register again at once, without waiting for the back-off. */
  'lines.reconnect': { args: z.object({ lineId }), result: z.object({}) },
};

export const lineEvents = {
  'lines.changed': z.object({ lines: z.array(lineSnapshot) }),
};
