import { splitList, type SipMessage } from './sip-message.ts';

/** One Via value: `SIP/2.0/UDP host:port;branch=z9hG4bK…;rport` (RFC 3261 20.42). */
export interface Via {
  protocol: string;
  host: string;
  port: number | null;
  /** In order; `null` for a parameter without a value, such as `rport` in a request. */
  parameters: { name: string; value: string | null }[];
}

const shape =
  /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9.!%*_+`'~-]+)\s+(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)\s*(?::\s*(\d{1,5}))?\s*(;.*)?$/;
const token = /^[A-Za-z0-9.!%*_+`'~-]+$/;

export function parseVia(value: string): Via | null {
  const match = shape.exec(value);
  if (!match) return null;
  const port = match[3] === undefined ? null : Number(match[3]);
  if (port !== null && (port === 0 || port > 65535)) return null;
  const parameters: Via['parameters'] = [];
  for (const part of splitList(match[4] ?? '', ';').slice(1)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (!token.test(name)) return null;
    parameters.push({ name, value: equals < 0 ? null : part.slice(equals + 1).trim() });
  }
  return { protocol: match[1]!.toUpperCase(), host: match[2]!, port, parameters };
}

export function formatVia(via: Via): string {
  const port = via.port === null ? '' : `:${via.port}`;
  const parameters = via.parameters.map(({ name, value }) => (value === null ? `;${name}` : `;${name}=${value}`));
  return `SIP/2.0/${via.protocol} ${via.host}${port}${parameters.join('')}`;
}

export function viaParameter(via: Via, name: string): string | null | undefined {
  const found = via.parameters.find((parameter) => parameter.name === name);
  return found ? found.value : undefined;
}

/** Sets, replaces or (with `undefined`) removes a parameter. */
export function setViaParameter(via: Via, name: string, value: string | null | undefined): void {
  const index = via.parameters.findIndex((parameter) => parameter.name === name);
  via.parameters = via.parameters.filter((parameter) => parameter.name !== name);
  if (value === undefined) return;
  via.parameters.splice(index < 0 ? via.parameters.length : index, 0, { name, value });
}

export function topVia(message: SipMessage): Via | null {
  const header = message.headers.find((candidate) => candidate.name === 'via');
  return header ? parseVia(splitList(header.value)[0] ?? '') : null;
}

/** Replaces the topmost Via and leaves the others as they are. */
export function setTopVia(message: SipMessage, via: Via): void {
  const header = message.headers.find((candidate) => candidate.name === 'via');
  if (!header) return;
  header.value = [formatVia(via), ...splitList(header.value).slice(1)].join(', ');
}
