import type { Removal, RetentionWarning } from '#contract/ipc/index.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { HousekeepingStore } from './housekeeping-store.ts';
import { countPlan, planRetention, type RetentionSettings, type RetentionSources } from './plan-retention.ts';
import { daysLeft, nextNotice, type RetentionNotice } from './retention-notice.ts';

export interface RetentionDependencies extends RetentionSources {
  settings: SettingsStore;
  store: HousekeepingStore;
  clock: Clock;
  /** Whether anybody could see a warning now. */
  visible: () => boolean;
  /** Calls come first: while one is up, nothing is deleted. */
  callsUp: () => boolean;
}

/** About 1 ms of the writer at a million calls, 5 ms where its journal is carried over as well. */
const callsAtOnce = 10;
const recordingsAtOnce = 10;
/** Every 200 calls or so the database carries its journal over, which takes tens of ms: at this pace, 2 % of the time. */
const pauseMilliseconds = 150;
const callPauseMilliseconds = 1000;
/** In one run of the program, two days are at least so far apart, whatever its clock says. */
const leastDay = 6 * 3_600_000;

function policyOf(settings: RetentionSettings): RetentionSettings {
  const { keepCallsDays, keepRecordingsDays, callsLimitMegabytes, recordingsLimitMegabytes } = settings;
  return { keepCallsDays, keepRecordingsDays, callsLimitMegabytes, recordingsLimitMegabytes };
}

/** The local day, `2026-01-15`. */
export function localDay(moment: number): string {
  const date = new Date(moment);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Lets calls and recordings go by age and size, never without a warning that stood for a week. */
export class Retention {
  private readonly dependencies: RetentionDependencies;
  private countedAt = -Infinity;
  private last: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(dependencies: RetentionDependencies) {
    this.dependencies = dependencies;
  }

  /** What the user is to be told; null where nothing would go. Gives `due` when the week is over. */
  look(): Promise<{ warning: RetentionWarning; due: boolean } | null> {
    // One after the other: each goes on from what the one before remembered.
    const turn = this.last.then(() => this.lookNow());
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Turns all limits off. */
  async keep(): Promise<void> {
    const { settings, store } = this.dependencies;
    await settings.set({
      keepCallsDays: 0,
      keepRecordingsDays: 0,
      callsLimitMegabytes: 0,
      recordingsLimitMegabytes: 0,
    });
    await store.write('notice', null);
  }

  /** Deletes what the warning told, in small steps, and keeps what went as counts. Null where there is no warning. */
  async carryOut(onProgress: (share: number) => void): Promise<Removal | null> {
    const { store, clock } = this.dependencies;
    const notice = await store.read('notice');
    if (!notice) return null;
    const { calls, recordings } = await this.warningOf(notice);
    const removal: Removal = { at: clock.now(), calls: 0, recordings: 0, recordingBytes: 0 };
    const report = () =>
      onProgress(Math.min(1, (removal.calls + removal.recordings) / Math.max(1, calls + recordings)));
    await this.removeCalls(notice, removal, report);
    await this.removeRecordings(notice, removal, report);
    // What a program that ends leaves undone stays due.
    if (!this.stopped) await store.write('notice', null);
    await store.addRemoval(removal);
    return removal;
  }

  dispose(): void {
    this.stopped = true;
  }

  private async lookNow(): Promise<{ warning: RetentionWarning; due: boolean } | null> {
    const { settings, store, clock } = this.dependencies;
    const policy = policyOf(settings.values);
    const plan = await planRetention(this.dependencies, policy, clock.now());
    const before = await store.read('notice');
    const visible = this.dependencies.visible() && clock.monotonic() - this.countedAt >= leastDay;
    const notice = nextNotice(before, {
      policy: JSON.stringify(policy),
      plan,
      today: localDay(clock.now()),
      visible,
    });
    if (notice && notice.daysSeen > (before?.daysSeen ?? 0)) this.countedAt = clock.monotonic();
    if (JSON.stringify(notice) !== JSON.stringify(before)) await store.write('notice', notice);
    if (!notice) return null;
    return { warning: await this.warningOf(notice), due: daysLeft(notice) === 0 };
  }

  private async warningOf(notice: RetentionNotice): Promise<RetentionWarning> {
    return { ...(await countPlan(this.dependencies, notice)), daysLeft: daysLeft(notice) };
  }

  private async removeCalls({ callsBefore }: RetentionNotice, removal: Removal, report: () => void): Promise<void> {
    if (callsBefore === null) return;
    const { calls, shelf } = this.dependencies;
    while (!this.stopped) {
      const chosen = await calls.nextBefore(callsBefore, callsAtOnce);
      if (chosen.length === 0) return;
      const gone = await shelf.removeOf(chosen.map(({ callId }) => callId));
      await calls.remove(chosen);
      removal.calls += chosen.length;
      removal.recordings += gone.count;
      removal.recordingBytes += gone.bytes;
      report();
      await this.pause();
    }
  }

  private async removeRecordings(notice: RetentionNotice, removal: Removal, report: () => void): Promise<void> {
    if (notice.recordingsBefore === null) return;
    while (!this.stopped) {
      const { count, bytes } = await this.dependencies.shelf.removeBefore(notice.recordingsBefore, recordingsAtOnce);
      if (count === 0) return;
      removal.recordings += count;
      removal.recordingBytes += bytes;
      report();
      await this.pause();
    }
  }

  private async pause(): Promise<void> {
    const { clock, callsUp } = this.dependencies;
    const wait = (milliseconds: number) => new Promise<void>((resolve) => clock.after(milliseconds, resolve));
    await wait(pauseMilliseconds);
    while (callsUp() && !this.stopped) await wait(callPauseMilliseconds);
  }
}
