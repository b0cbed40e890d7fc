import { GreaterThanEqualsFilter } from 'ldapts';
import type { RefreshOutcome } from '../directory-source.ts';
import { entryKey } from './entry-key.ts';
import {
  SeenVersions,
  versionAttributes,
  versionOf,
  writeGeneralizedTime,
  type EntryVersion,
} from './entry-version.ts';
import type { TimeCursor } from './ldap-cursor.ts';
import type { RawEntry } from './raw-entry.ts';
import { find, findPeople, takeOver, type RefreshJob } from './refresh-job.ts';

/** All entries, whoever has changed. */
export async function readByTime(job: RefreshJob): Promise<RefreshOutcome> {
  const versions: EntryVersion[] = [];
  let told = true;
  await takeOver(job, findPeople(job, { attributes: versionAttributes }), (entry) => {
    const version = versionOf(entry, entryKey(entry, job.config.attributes.id));
    if (version) versions.push(version);
    told &&= version !== null;
    return true;
  });
  return { kind: 'complete', cursor: told ? cursorOf(job, versions) : null };
}

/**
 * Asks for the ids and times of all, which are short, and then for those entries that are new or have another version.
 * What is not among the ids is gone.
 */
export async function refreshByTime(job: RefreshJob, cursor: TimeCursor): Promise<RefreshOutcome> {
  const known = await job.reading.known();
  const seen = new SeenVersions(cursor.latest, cursor.seen);
  const present = new Set<string>();
  const kept: EntryVersion[] = [];
  let since = Number.POSITIVE_INFINITY;
  for await (const { key, version } of sweep(job)) {
    if (!version) return await readByTime(job);
    present.add(key);
    if (known.has(key) && seen.has(version)) kept.push(version);
    else since = Math.min(since, version.time);
  }
  const gone = [...known].filter((key) => !present.has(key));
  if (since === Number.POSITIVE_INFINITY && gone.length === 0) return { kind: 'unchanged', cursor: job.reading.cursor };
  const put = since === Number.POSITIVE_INFINITY ? [] : await takeChanged(job, since, { known, seen });
  if (gone.length > 0) await job.reading.remove(gone);
  return { kind: 'partial', cursor: cursorOf(job, [...kept, ...put]) };
}

async function* sweep(job: RefreshJob): AsyncGenerator<{ key: string; version: EntryVersion | null }> {
  const { id } = job.config.attributes;
  const attributes = [...(id === '' ? [] : [id]), ...versionAttributes];
  for await (const entry of find(job, { filter: job.filter, attributes })) yield keyed(entry, id);
}

function keyed(entry: RawEntry, id: string): { key: string; version: EntryVersion | null } {
  const key = entryKey(entry, id);
  return { key, version: versionOf(entry, key) };
}

async function takeChanged(
  job: RefreshJob,
  since: number,
  before: { known: ReadonlySet<string>; seen: SeenVersions },
): Promise<EntryVersion[]> {
  const also = new GreaterThanEqualsFilter({ attribute: 'modifyTimestamp', value: writeGeneralizedTime(since) });
  const put: EntryVersion[] = [];
  await takeOver(job, findPeople(job, { also, attributes: versionAttributes }), (entry) => {
    const { key, version } = keyed(entry, job.config.attributes.id);
    if (version && before.known.has(key) && before.seen.has(version)) return false;
    if (version) put.push(version);
    return true;
  });
  return put;
}

function cursorOf(job: RefreshJob, versions: readonly EntryVersion[]): string {
  const seen = SeenVersions.of(versions);
  const cursor: TimeCursor = { version: 1, kind: 'time', of: job.hash, latest: seen.latest, seen: String(seen) };
  return JSON.stringify(cursor);
}
