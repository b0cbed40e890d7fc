import { PresenceFilter } from 'ldapts';
import { OffhookError } from '#contract/errors.ts';
import { resultCodes } from './ldap-failures.ts';
import type { LdapSession, Query, SearchEnd } from './ldap-session.ts';
import { RawEntry } from './raw-entry.ts';

/** No address book has so many; a server that goes on for ever does. */
const mostEntries = 1_000_000;
const mostEmptyPages = 1000;

export const anything = new PresenceFilter({ attribute: 'objectClass' });

export interface FoundEntries {
  session: LdapSession;
  host: string;
  pageSize: number;
}

/**
 * All that a query finds, page by page. An entry that is too long is asked for again, one attribute at a time, and
 * comes without those that are too long by themselves. Rejects with a `directory.*` code, after what came before.
 */
export async function* findEntries(query: Query, from: FoundEntries): AsyncGenerator<RawEntry> {
  const { session, host, pageSize } = from;
  let cookie: Buffer = Buffer.alloc(0);
  let entries = 0;
  let emptyPages = 0;
  for (;;) {
    const pageStart = entries;
    const oversized: string[] = [];
    const page = session.search(query, { size: pageSize, cookie });
    let end: SearchEnd | null = null;
    while (end === null) {
      const next = await page.next();
      if (next.done) end = next.value;
      else if (entries === mostEntries) throw limitReached(host);
      else {
        entries += 1;
        if (next.value.kind === 'oversized') oversized.push(next.value.dn);
        else yield next.value.entry;
      }
    }
    for (const dn of oversized) yield await readByParts(session, dn, query);
    if (end.status !== resultCodes.success) throw session.failure(end);
    if (end.cookie === null) return;
    cookie = end.cookie;
    emptyPages = entries > pageStart ? 0 : emptyPages + 1;
    if (emptyPages > mostEmptyPages)
      throw new OffhookError('directory.bad-answer', { values: { host }, detail: 'pages without end' });
  }
}

/** The one entry of this name, or null where it cannot be read. */
export async function readOne(session: LdapSession, query: Omit<Query, 'scope' | 'filter'>): Promise<RawEntry | null> {
  let found: RawEntry | null = null;
  for await (const each of session.search({ ...query, scope: 'base', filter: anything }))
    if (each.kind === 'entry') found = each.entry;
  return found;
}

async function readByParts(session: LdapSession, dn: string, query: Query): Promise<RawEntry> {
  const parts: { type: string; values: readonly Buffer[] }[] = [];
  const oversized: string[] = [];
  for (const attribute of query.attributes) {
    const asked: Query = {
      base: dn,
      scope: 'base',
      filter: anything,
      attributes: [attribute],
      controls: query.controls,
    };
    for await (const each of session.search(asked))
      if (each.kind === 'oversized') oversized.push(attribute);
      else parts.push(...each.entry.all);
  }
  return new RawEntry(dn, parts, oversized);
}

function limitReached(host: string): OffhookError {
  return new OffhookError('directory.limit-reached', { values: { host }, detail: `${mostEntries} entries` });
}
