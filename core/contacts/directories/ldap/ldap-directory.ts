import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import type { DirectoryEnvironment, DirectoryReading, DirectorySource, RefreshOutcome } from '../directory-source.ts';
import { configurationHash, readCursor } from './ldap-cursor.ts';
import { LdapSession } from './ldap-session.ts';
import type { LdapWaits } from './ldap-socket.ts';
import { previewPeople } from './preview-people.ts';
import { readFilter } from './readable-filter.ts';
import { readByTime, refreshByTime } from './refresh-by-time.ts';
import { readByUsn, refreshByUsn } from './refresh-by-usn.ts';
import type { RefreshJob } from './refresh-job.ts';
import { readServerFacts } from './server-facts.ts';

const usualWaits: LdapWaits = { connect: 10_000, answer: 30_000 };

/**
 * People of an LDAP server (RFC 4511). What changed is found out by Active Directory's count of changes, or else by the
 * times and ids of all entries. Entries and messages of any size and order are borne; servers referred to are not asked.
 */
export function openLdapDirectory(
  config: DirectoryConfigOf<'ldap'>,
  environment: DirectoryEnvironment,
  waits: LdapWaits = usualWaits,
): DirectorySource {
  const withJob = async <T>(reading: DirectoryReading, run: (job: RefreshJob) => Promise<T>): Promise<T> => {
    const filter = parsedFilter(config);
    const session = await LdapSession.open(config, reading.secret, { waits, signal: reading.signal });
    try {
      const facts = await readServerFacts(session, config);
      return await run({
        config,
        session,
        reading,
        facts,
        filter,
        hash: configurationHash(config),
        now: environment.now,
      });
    } finally {
      session.close();
    }
  };
  return {
    refresh: (reading) => withJob(reading, refreshPeople),
    preview: (reading) => withJob(reading, previewPeople),
  };
}

async function refreshPeople(job: RefreshJob): Promise<RefreshOutcome> {
  const { changes, activeDirectory } = job.facts;
  const cursor = readCursor(job.reading.cursor, job.hash);
  if (changes) return cursor?.kind === 'usn' ? await refreshByUsn(job, changes, cursor) : await readByUsn(job, changes);
  if (cursor?.kind === 'time') return await refreshByTime(job, cursor);
  const outcome = await readByTime(job);
  // Its `modifyTimestamp` is made up for each answer and replicated to nobody: nothing to go by.
  return activeDirectory ? { ...outcome, cursor: null } : outcome;
}

function parsedFilter({ filter, host }: DirectoryConfigOf<'ldap'>) {
  try {
    return readFilter(filter);
  } catch (error) {
    throw new OffhookError('directory.invalid', {
      values: { host },
      detail: String(error).slice(0, 300),
      cause: error,
    });
  }
}
