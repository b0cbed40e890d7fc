import type { DAVResponse } from 'tsdav';

/** What a server says of one resource. */
export interface DavAnswer {
  /** Path on its server, decoded. */
  path: string;
  /** Address as the server gave it, made whole. */
  url: URL;
  status: number;
  /** By name in camel case, as tsdav has them. */
  properties: Record<string, unknown>;
}

/** Null for an answer that is not well-formed or no multistatus (RFC 4918 13). */
export function readAnswers(answers: readonly DAVResponse[], base: string): DavAnswer[] | null {
  if (!answers.every(({ raw }) => childOf(raw, 'multistatus') !== undefined)) return null;
  return answers.flatMap(({ href, status, props }) => {
    const hrefs = Array.isArray(href) ? (href as unknown[]) : [href];
    return hrefs.flatMap((each) => {
      const url = URL.parse(davText(each), base);
      return each !== undefined && url ? [{ path: decodedPath(url), url, status, properties: { ...props } }] : [];
    });
  });
}

/** `sync-token` of the answer as a whole (RFC 6578 3.2). */
export function syncTokenOf(answers: readonly DAVResponse[]): string | null {
  return davText(childOf(childOf(answers[0]?.raw, 'multistatus'), 'syncToken')) || null;
}

/** Text of an element, which tsdav has as a number where it looks like one; empty for what is no text. */
export function davText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value && typeof value === 'object' ? davText(childOf(value, '_cdata') ?? childOf(value, '_text')) : '';
}

/** Addresses in a property that holds some. */
export function hrefsOf(property: unknown): string[] {
  return [property]
    .flat()
    .flatMap((each) => childOf(each, 'href') ?? [])
    .map(davText)
    .filter((href) => href !== '');
}

/** Whether it is of this kind, e.g. `addressbook`. */
export function isResource({ properties }: DavAnswer, kind: string): boolean {
  return childOf(properties['resourcetype'], kind) !== undefined;
}

function childOf(value: unknown, name: string): unknown {
  const there = value !== null && typeof value === 'object' && Object.hasOwn(value, name);
  return there ? (value as Record<string, unknown>)[name] : undefined;
}

/** Servers escape differently what is the same; one that is escaped wrongly stays as it is. */
export function decodedPath({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
