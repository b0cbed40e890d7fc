import { Control, GreaterThanEqualsFilter } from 'ldapts';
import type { RefreshOutcome } from '../directory-source.ts';
import { entryKey } from './entry-key.ts';
import { readOne } from './find-entries.ts';
import type { UsnCursor } from './ldap-cursor.ts';
import { find, findPeople, takeOver, type RefreshJob } from './refresh-job.ts';
import type { ServerFacts } from './server-facts.ts';

export type Changes = NonNullable<ServerFacts['changes']>;

/** LDAP_SERVER_SHOW_DELETED_OID (MS-ADTS, 3.1.1.3.4.1.14). */
const showDeleted = new Control('1.2.840.113556.1.4.417', { critical: true });
/** Even where deletions are told: rights may have changed, or an entry may have moved to where nobody may look. */
const sweepEvery = 24 * 60 * 60 * 1000;

/** All entries. `changes` was read before them, so that nothing falls in between. */
export async function readByUsn(job: RefreshJob, changes: Changes): Promise<RefreshOutcome> {
  await takeOver(job, findPeople(job));
  return { kind: 'complete', cursor: cursorOf(job, changes, job.now()) };
}

/** What has a higher number than the server's count had last time; what is gone by the deleted ones or by all ids. */
export async function refreshByUsn(job: RefreshJob, changes: Changes, cursor: UsnCursor): Promise<RefreshOutcome> {
  const backwards = BigInt(changes.usn) < BigInt(cursor.usn);
  // Each server counts for itself, and one restored from a backup counts anew.
  if (changes.server !== cursor.server || changes.invocation !== cursor.invocation || backwards)
    return await readByUsn(job, changes);
  if (changes.usn === cursor.usn) return { kind: 'unchanged', cursor: job.reading.cursor };
  const also = new GreaterThanEqualsFilter({ attribute: 'uSNChanged', value: String(BigInt(cursor.usn) + 1n) });
  const known = await job.reading.known();
  const sweeping = job.now() - cursor.sweptAt >= sweepEvery || !(await tellsDeletions(job));
  // Before the changes themselves: what changes in between is then among them, and not taken for gone.
  const touched = sweeping
    ? null
    : await keysOf(job, { base: job.facts.domain ?? '', filter: also, controls: [showDeleted] });
  const put = await takeOver(job, findPeople(job, { also }));
  const present = sweeping ? await keysOf(job, { filter: job.filter }) : null;
  // One that was hidden until now has an old number.
  if (present && [...present].some((key) => !known.has(key) && !put.has(key))) return await readByUsn(job, changes);
  const gone = [...known].filter((key) => !put.has(key) && (present ? !present.has(key) : touched?.has(key)));
  if (gone.length > 0) await job.reading.remove(gone);
  const kind = put.size === 0 && gone.length === 0 ? 'unchanged' : 'partial';
  return { kind, cursor: cursorOf(job, changes, sweeping ? job.now() : cursor.sweptAt) };
}

async function keysOf(
  job: RefreshJob,
  query: Pick<Parameters<typeof find>[1], 'base' | 'filter' | 'controls'>,
): Promise<Set<string>> {
  const { id } = job.config.attributes;
  const keys = new Set<string>();
  const attributes = [id === '' ? '1.1' : id];
  for await (const entry of find(job, { ...query, attributes })) keys.add(entryKey(entry, id));
  return keys;
}

/** Only administrators may look into the container, unless somebody gave the right; a deleted entry keeps its GUID. */
async function tellsDeletions(job: RefreshJob): Promise<boolean> {
  const { domain, base } = job.facts;
  if (domain === null || !/^objectguid$/i.test(job.config.attributes.id)) return false;
  if (!base.toLowerCase().endsWith(domain.toLowerCase())) return false;
  const container = `CN=Deleted Objects,${domain}`;
  return (await readOne(job.session, { base: container, attributes: ['1.1'], controls: [showDeleted] })) !== null;
}

function cursorOf(job: RefreshJob, { usn, server, invocation }: Changes, sweptAt: number): string {
  const cursor: UsnCursor = { version: 1, kind: 'usn', of: job.hash, usn, server, invocation, sweptAt };
  return JSON.stringify(cursor);
}
