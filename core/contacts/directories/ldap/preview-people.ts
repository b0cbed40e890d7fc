import type { PreviewOutcome } from '../directory-source.ts';
import { EntryTaker } from './entry-taker.ts';
import { resultCodes } from './ldap-failures.ts';
import type { SearchEnd } from './ldap-session.ts';
import type { RawEntry } from './raw-entry.ts';
import { askedAttributes } from './read-entry.ts';
import type { RefreshJob } from './refresh-job.ts';

const wanted = 20;
const longestSample = 60;
const mostAttributes = 200;
/** Whatever a server lets us see of these is not for the screen. */
const secret = /pass|pwd|secret|credential|hash|key/i;

/** The first entries with all of their attributes, so that the map can be made from what there is. */
export async function previewPeople(job: RefreshJob): Promise<PreviewOutcome> {
  const taker = new EntryTaker(job.reading, job.config);
  const samples = new Map<string, { id: string; label: string }>();
  const attributes = ['*', ...askedAttributes(job.config.attributes)];
  const answer = job.session.search({ base: job.facts.base, filter: job.filter, attributes, limit: wanted });
  let end: SearchEnd | null = null;
  while (end === null && taker.count < wanted) {
    const next = await answer.next();
    if (next.done) end = next.value;
    else if (next.value.kind === 'entry') {
      collectSamples(next.value.entry, samples);
      await taker.take(next.value.entry);
    }
  }
  await taker.flush();
  if (end && end.status !== resultCodes.success && taker.count === 0) throw job.session.failure(end);
  return {
    tables: [],
    count: end?.status === resultCodes.success ? taker.count : null,
    parts: [...samples.values()].toSorted((one, other) => one.id.localeCompare(other.id)).slice(0, mostAttributes),
  };
}

function collectSamples(entry: RawEntry, samples: Map<string, { id: string; label: string }>): void {
  for (const { type } of entry.all) {
    const name = type.split(';', 1)[0] ?? '';
    const sample = entry.texts(name)[0]?.replace(/\s+/g, ' ').slice(0, longestSample);
    if (sample === undefined || secret.test(name) || samples.has(name.toLowerCase())) continue;
    samples.set(name.toLowerCase(), { id: name, label: `${name}: ${sample}` });
  }
}
