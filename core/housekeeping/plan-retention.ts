import type { RetentionPlan } from '#contract/ipc/index.ts';
import type { Settings } from '#contract/settings.ts';
import type { CallHousekeeping } from '#core/call-log/index.ts';
import type { RecordingShelf } from './recording-shelf.ts';

export type RetentionSettings = Pick<
  Settings,
  'keepCallsDays' | 'keepRecordingsDays' | 'callsLimitMegabytes' | 'recordingsLimitMegabytes'
>;

export interface RetentionSources {
  calls: CallHousekeeping;
  shelf: RecordingShelf;
}

const day = 86_400_000;
const megabyte = 1_000_000;
/** What goes by size leaves this share of the limit, so that the next call is not one too many again. */
const afterwards = 0.95;

const latest = (...moments: (number | null)[]) => {
  const given = moments.filter((moment) => moment !== null);
  return given.length === 0 ? null : Math.max(...given);
};

async function callsBySize({ calls }: RetentionSources, megabytes: number): Promise<number | null> {
  const limit = megabytes * megabyte;
  const totals = limit === 0 ? null : await calls.totals();
  if (!totals || totals.bytes <= limit) return null;
  // Calls are much alike: of so many, each takes its share.
  return calls.timeOfOldest(Math.ceil(totals.calls * (1 - (limit * afterwards) / totals.bytes)));
}

async function recordingsBySize({ shelf }: RetentionSources, megabytes: number): Promise<number | null> {
  const limit = megabytes * megabyte;
  const { bytes } = await shelf.totals();
  return limit === 0 || bytes <= limit ? null : shelf.timeOfOldest(bytes - limit * afterwards);
}

/** How many are before the moments given; a moment before which there are none is null. */
export async function countPlan(
  sources: RetentionSources,
  before: Pick<RetentionPlan, 'callsBefore' | 'recordingsBefore'>,
): Promise<RetentionPlan> {
  const calls = before.callsBefore === null ? 0 : await sources.calls.countBefore(before.callsBefore);
  const callsBefore = calls > 0 ? before.callsBefore : null;
  const moment = latest(callsBefore, before.recordingsBefore);
  const { count, bytes } = moment === null ? { count: 0, bytes: 0 } : await sources.shelf.before(moment);
  const recordingsBefore = count > 0 ? before.recordingsBefore : null;
  return { callsBefore, calls, recordingsBefore, recordings: count, recordingBytes: bytes };
}

/** What would go now by these settings. */
export async function planRetention(
  sources: RetentionSources,
  settings: RetentionSettings,
  now: number,
): Promise<RetentionPlan> {
  const byAge = (days: number) => (days === 0 ? null : now - days * day);
  const callsBefore = latest(byAge(settings.keepCallsDays), await callsBySize(sources, settings.callsLimitMegabytes));
  const recordingsBefore = latest(
    byAge(settings.keepRecordingsDays),
    await recordingsBySize(sources, settings.recordingsLimitMegabytes),
  );
  return countPlan(sources, { callsBefore, recordingsBefore });
}
