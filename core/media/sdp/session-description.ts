import { OffhookError } from '#contract/errors.ts';

/** `a=name` or `a=name:value`. */
export interface Attribute {
  name: string;
  value: string | null;
}

/** `c=` line; the multicast suffixes are refused. */
export interface Connection {
  family: 'IP4' | 'IP6';
  address: string;
}

export interface Origin {
  username: string;
  /** Decimal text: 64-bit numbers do not fit a JavaScript number. */
  sessionId: string;
  sessionVersion: string;
  family: 'IP4' | 'IP6';
  address: string;
}

export interface MediaDescription {
  /** `audio`, `video`, `image` … */
  type: string;
  port: number;
  protocol: string;
  formats: string[];
  connection: Connection | null;
  attributes: Attribute[];
}

/** RFC 8866, as far as a phone needs it. Unknown lines are dropped when read. */
export interface SessionDescription {
  origin: Origin;
  connection: Connection | null;
  attributes: Attribute[];
  media: MediaDescription[];
}

export function notAcceptable(detail: string, cause?: unknown): OffhookError {
  return new OffhookError('call.media-not-acceptable', { detail: `SDP: ${detail}`, cause });
}

export function attribute(owner: { attributes: Attribute[] }, name: string): string | null {
  return owner.attributes.find((entry) => entry.name === name)?.value ?? null;
}

export function hasAttribute(owner: { attributes: Attribute[] }, name: string): boolean {
  return owner.attributes.some((entry) => entry.name === name);
}

export function attributes(owner: { attributes: Attribute[] }, name: string): string[] {
  return owner.attributes.flatMap((entry) => (entry.name === name && entry.value !== null ? [entry.value] : []));
}

/** Text with CRLF line ends. */
export function serializeSessionDescription(session: SessionDescription): string {
  const { origin } = session;
  const lines = [
    'v=0',
    `o=${origin.username} ${origin.sessionId} ${origin.sessionVersion} IN ${origin.family} ${origin.address}`,
    's=-',
    ...(session.connection ? [connectionLine(session.connection)] : []),
    't=0 0',
    ...session.attributes.map(attributeLine),
  ];
  for (const media of session.media) {
    lines.push(`m=${media.type} ${media.port} ${media.protocol} ${media.formats.join(' ')}`);
    if (media.connection) lines.push(connectionLine(media.connection));
    lines.push(...media.attributes.map(attributeLine));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function connectionLine(connection: Connection): string {
  return `c=IN ${connection.family} ${connection.address}`;
}

function attributeLine(entry: Attribute): string {
  return entry.value === null ? `a=${entry.name}` : `a=${entry.name}:${entry.value}`;
}
