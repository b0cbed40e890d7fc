import { AndFilter, type Filter } from 'ldapts';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import type { DirectoryReading } from '../directory-source.ts';
import { EntryTaker } from './entry-taker.ts';
import { findEntries } from './find-entries.ts';
import type { Query } from './ldap-session.ts';
import type { LdapSession } from './ldap-session.ts';
import type { RawEntry } from './raw-entry.ts';
import { askedAttributes } from './read-entry.ts';
import type { ServerFacts } from './server-facts.ts';

/** What a refresh has at hand. */
export interface RefreshJob {
  config: DirectoryConfigOf<'ldap'>;
  session: LdapSession;
  reading: DirectoryReading;
  facts: ServerFacts;
  /** The configured one. */
  filter: Filter;
  /** See `configurationHash`. */
  hash: string;
  /** Unix ms. */
  now: () => number;
}

export function find(job: RefreshJob, query: Omit<Query, 'base'> & { base?: string }): AsyncGenerator<RawEntry> {
  const { session, config, facts } = job;
  return findEntries({ base: facts.base, ...query }, { session, host: config.host, pageSize: config.pageSize });
}

/** Everything that the map asks for, of those people of whom `also` is true as well. */
export function findPeople(
  job: RefreshJob,
  more: { also?: Filter; attributes?: readonly string[] } = {},
): AsyncGenerator<RawEntry> {
  const filter = more.also ? new AndFilter({ filters: [job.filter, more.also] }) : job.filter;
  return find(job, { filter, attributes: [...askedAttributes(job.config.attributes), ...(more.attributes ?? [])] });
}

/** Takes over all that `wanted` lets pass; what came before a failure is handed over, too. */
export async function takeOver(
  job: RefreshJob,
  entries: AsyncGenerator<RawEntry>,
  wanted: (entry: RawEntry) => boolean = () => true,
): Promise<Set<string>> {
  const taker = new EntryTaker(job.reading, job.config);
  const keys = new Set<string>();
  try {
    for await (const entry of entries) if (wanted(entry)) keys.add(await taker.take(entry));
  } finally {
    await taker.flush();
  }
  return keys;
}
