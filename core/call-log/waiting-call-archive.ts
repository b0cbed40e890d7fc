import type { AnnotationPatch, CallFilter, CallPage, CallRecord, LoggedCall } from '#contract/ipc/index.ts';
import type { KnownPeople } from '#core/contacts/index.ts';
import type { CallArchive, CallQuery } from './call-archive.ts';
import { waitingCalls } from './waiting-calls.ts';

/** A call whose end waits, with what was added to its beginning on the disk. */
function ended(kept: LoggedCall, begun: LoggedCall | null): LoggedCall {
  return begun ? { ...begun, record: kept.record, missed: kept.missed } : kept;
}

/** Shows the calls that wait for the disk before those that an archive has. */
export class WaitingCallArchive implements CallArchive {
  private readonly archive: CallArchive;
  private readonly waiting: () => readonly CallRecord[];
  private readonly people: KnownPeople;
  readonly onAnnotated: CallArchive['onAnnotated'];
  readonly onHandled: CallArchive['onHandled'];

  constructor(options: { archive: CallArchive; waiting: () => readonly CallRecord[]; people: KnownPeople }) {
    this.archive = options.archive;
    this.waiting = options.waiting;
    this.people = options.people;
    this.onAnnotated = options.archive.onAnnotated;
    this.onHandled = options.archive.onHandled;
  }

  async query(query: CallQuery): Promise<CallPage> {
    const kept = this.kept(query.filter);
    if (this.waiting().length === 0) return this.archive.query(query);
    // What waits can be shown without a disk; a later page that cannot be read is not the end of the list.
    const unread = (error: unknown): CallPage => {
      if (query.after !== null) throw error;
      return { calls: [], next: null };
    };
    const page = await this.archive.query(query).catch(unread);
    const ids = new Set(this.waiting().map(({ id }) => id));
    const others = page.calls.filter(({ record }) => !ids.has(record.id));
    if (query.after !== null) return { ...page, calls: others };
    const begun = new Map(page.calls.map((call) => [call.record.id, call]));
    const calls = [...kept.map((call) => ended(call, begun.get(call.record.id) ?? null)), ...others];
    return { ...page, calls: calls.sort((a, b) => b.record.offeredAt - a.record.offeredAt) };
  }

  async count(filter: CallFilter): Promise<number> {
    if (this.waiting().length === 0) return this.archive.count(filter);
    const kept = await Promise.all(
      this.kept(filter).map(({ record }) => this.archive.get(record.id).catch(() => null)),
    );
    // The beginning of some is on the disk already.
    return kept.filter((stored) => stored === null).length + (await this.archive.count(filter).catch(() => 0));
  }

  async get(callId: string): Promise<LoggedCall | null> {
    const kept = this.kept({}).find(({ record }) => record.id === callId);
    if (!kept) return this.archive.get(callId);
    return ended(kept, await this.archive.get(callId).catch(() => null));
  }

  annotate(callId: string, patch: AnnotationPatch): Promise<LoggedCall> {
    return this.archive.annotate(callId, patch);
  }

  changes(callId: string) {
    return this.archive.changes(callId);
  }

  suggestions() {
    return this.archive.suggestions();
  }

  followUps() {
    return this.archive.followUps();
  }

  /** Newest first. */
  private kept(filter: CallFilter): LoggedCall[] {
    return waitingCalls(this.waiting(), this.people, filter);
  }
}
