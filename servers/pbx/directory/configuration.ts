import { z } from 'zod';
import { ConfigurationError, readJsonc } from './read-jsonc.ts';

const number = z.string().regex(/^[0-9A-Za-z*#_.+-]{1,32}$/, 'must be 1 to 32 letters, digits or * # _ . + -');
const port = z.int().min(0).max(65535).nullable();
const seconds = (low: number, high: number) => z.int().min(low).max(high);
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-fA-F]{${digits}}$`), `must be ${digits} hexadecimal digits`);

/** In the clear, or as digests of `user:realm:password` (RFC 7616 3.4.2 calls them HA1). */
export const secret = z.union([
  z.string().min(1),
  z.strictObject({ md5: hex(32).optional(), sha256: hex(64).optional() }).refine((value) => value.md5 ?? value.sha256, 'needs md5 or sha256'),
]);
export type Secret = z.infer<typeof secret>;

const user = z.strictObject({
  name: z.string().max(80).nullable().default(null),
  secret,
  ringFor: seconds(5, 300).default(30),
  maximumCalls: z.int().min(1).max(50).default(4),
  ifNotAnswered: number.nullable().default(null),
  /** How audio to its phones is secured; `auto`: WebRTC on WebSockets, SRTP where TLS signalling protects the keys. */
  media: z.enum(['auto', 'rtp', 'srtp', 'webrtc']).default('auto'),
});

const group = z.strictObject({
  members: z.array(number).min(1).max(100),
  order: z.enum(['together', 'in-turn']).default('together'),
  ringFor: seconds(5, 300).default(30),
  ifNotAnswered: number.nullable().default(null),
});

const listen = z.strictObject({
  /** IPv4 or IPv6 address of this computer; 0.0.0.0 for all. */
  address: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  /** null: not offered; 0: any free port. */
  udp: port.default(5060),
  tcp: port.default(5060),
  tls: port.default(null),
  ws: port.default(5066),
  wss: port.default(null),
});

export const configuration = z
  .strictObject({
    /** Name of the protection space; part of stored digests. */
    realm: z.string().regex(/^[\w.-]{1,64}$/).default('offhook'),
    /**
     * Digest algorithms to ask for, best first. MD5 alone by default: some phones give up at a challenge that they do not
     * know, even beside one that they do (baresip 1.0 does).
     */
    digest: z.array(z.enum(['SHA-256', 'MD5'])).min(1).default(['MD5']),
    /** Host names by which phones know this PBX, beside its addresses. */
    domains: z.array(z.string()).default([]),
    listen: listen.prefault({}),
    /** PEM files for tls and wss, relative to the configuration file. */
    certificate: z.strictObject({ key: z.string(), cert: z.string() }).nullable().default(null),
    rtpPorts: z.tuple([z.int().min(1024).max(65534), z.int().min(1025).max(65535)]).default([20000, 20999]),
    registration: z
      .strictObject({ minimum: seconds(1, 3600).default(60), maximum: seconds(60, 86400).default(3600) })
      .prefault({}),
    maximumCalls: z.int().min(1).max(1000).default(50),
    /** Language of the menu until a caller chooses: */
    language: z.enum(['ru', 'en']).default('ru'),
    /** JSON lines, relative to the configuration file; null: in memory only. */
    records: z.string().nullable().default('pbx-records.jsonl'),
    users: z.record(number, user),
    groups: z.record(number, group).default({}),
    services: z.record(number, z.enum(['echo', 'menu', 'music'])).default({ '600': 'echo', '700': 'menu' }),
  })
  .superRefine((value, context) => {
    const complain = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const taken = new Set<string>();
    for (const kind of ['users', 'groups', 'services'] as const) {
      for (const name of Object.keys(value[kind])) {
        if (taken.has(name)) complain([kind, name], 'this number is used twice');
        taken.add(name);
      }
    }
    for (const [name, { members }] of Object.entries(value.groups))
      members.forEach((member, index) => {
        if (!value.users[member]) complain(['groups', name, 'members', String(index)], `there is no user ${member}`);
      });
    for (const kind of ['users', 'groups'] as const)
      for (const [name, { ifNotAnswered }] of Object.entries(value[kind]))
        if (ifNotAnswered !== null && !taken.has(ifNotAnswered)) complain([kind, name, 'ifNotAnswered'], `there is no number ${ifNotAnswered}`);
    for (const [name, { secret: stored }] of Object.entries(value.users))
      for (const algorithm of value.digest)
        if (typeof stored !== 'string' && !(algorithm === 'MD5' ? stored.md5 : stored.sha256))
          complain(['users', name, 'secret'], `has no digest for ${algorithm}, which "digest" asks for`);
    if (value.certificate === null && (value.listen.tls !== null || value.listen.wss !== null))
      complain(['listen', value.listen.tls !== null ? 'tls' : 'wss'], 'needs a certificate');
    if (value.rtpPorts[1] - value.rtpPorts[0] < 7) complain(['rtpPorts'], 'at least 8 ports are needed');
    if (value.registration.minimum > value.registration.maximum) complain(['registration'], 'minimum is above maximum');
  });

export type PbxConfiguration = z.infer<typeof configuration>;
/** As written: what has a default may be left out. */
export type PbxConfigurationInput = z.input<typeof configuration>;

/** Reads a configuration file's text. Throws a `ConfigurationError` that names the line and the key. */
export function readConfiguration(text: string): PbxConfiguration {
  const { value, lines } = readJsonc(text);
  const parsed = configuration.safeParse(value);
  if (parsed.success) return parsed.data;
  throw explain(parsed.error, lines);
}

function explain(error: z.ZodError, lines: ReadonlyMap<string, number>): ConfigurationError {
  const issue = error.issues[0]!;
  const path = issue.path.map(String);
  const extra = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (extra !== undefined) path.push(extra);
  const key = path.join('.') || 'the file';
  // The nearest thing above that is written down: a missing key has no line of its own.
  const above = path.map((_part, index) => lines.get(path.slice(0, path.length - index).join('.'))).find((line) => line !== undefined);
  const message = extra !== undefined ? 'is not a setting' : issue.message;
  return new ConfigurationError(`${key}: ${message}`, above ?? null);
}
