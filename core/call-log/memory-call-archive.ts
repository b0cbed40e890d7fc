import { OffhookError } from '#contract/errors.ts';
import type {
  AnnotationChange,
  AnnotationPatch,
  CallAnnotation,
  CallFilter,
  CallPage,
  CallRecord,
  LoggedCall,
} from '#contract/ipc/index.ts';
import type { KnownPeople } from '#core/contacts/index.ts';
import { Emitter, type Clock } from '#core/foundation/index.ts';
import type { CallArchive, CallQuery } from './call-archive.ts';
import type { CallLog } from './call-log.ts';
import { changeAnnotation } from './change-annotation.ts';
import { matchesFilter } from './matches-filter.ts';

type Missed = NonNullable<LoggedCall['missed']>;

/** What an archive means, in the plainest way: every call is looked at for every question. */
export class MemoryCallArchive implements CallArchive {
  private readonly options: { log: CallLog; people: KnownPeople; clock: Clock };
  private readonly annotations = new Map<string, CallAnnotation>();
  private readonly history = new Map<string, AnnotationChange[]>();
  private readonly missed = new Map<string, Missed>();
  /** Talks whose effect on missed calls has been seen to. */
  private readonly settled = new Set<string>();
  private readonly annotated = new Emitter<LoggedCall>();
  private readonly handled = new Emitter<string[]>();

  readonly onAnnotated = this.annotated.event;
  readonly onHandled = this.handled.event;

  constructor(options: { log: CallLog; people: KnownPeople; clock: Clock }) {
    this.options = options;
  }

  async query({ filter, after, limit }: CallQuery): Promise<CallPage> {
    const calls = await this.matching(filter);
    const start = after === null ? 0 : Number(after);
    const next = start + limit < calls.length ? String(start + limit) : null;
    return { calls: calls.slice(start, start + limit), next };
  }

  async count(filter: CallFilter): Promise<number> {
    return (await this.matching(filter)).length;
  }

  async get(callId: string): Promise<LoggedCall | null> {
    const calls = await this.matching({});
    return calls.find(({ record }) => record.id === callId) ?? null;
  }

  async annotate(callId: string, patch: AnnotationPatch): Promise<LoggedCall> {
    const before = await this.get(callId);
    if (!before) throw new OffhookError('call.unknown');
    const { annotation, handledAt, changes } = changeAnnotation(before, patch, this.options.clock.now());
    if (changes.length === 0) return before;
    this.annotations.set(callId, annotation);
    this.history.set(callId, [...changes.toReversed(), ...(this.history.get(callId) ?? [])]);
    if (handledAt !== undefined) this.missed.set(callId, { handledAt, handledBy: null });
    const after = await this.get(callId);
    if (!after) throw new OffhookError('call.unknown');
    this.annotated.fire(after);
    return after;
  }

  async changes(callId: string): Promise<AnnotationChange[]> {
    return this.history.get(callId) ?? [];
  }

  async suggestions(): Promise<{ outcomes: string[]; tags: string[] }> {
    const all = [...this.annotations.values()];
    return {
      outcomes: mostUsed(all.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]))),
      tags: mostUsed(all.flatMap(({ tags }) => tags)),
    };
  }

  async followUps(): Promise<LoggedCall[]> {
    const open = await this.matching({ followUp: true });
    return open.toReversed().sort((a, b) => a.annotation!.followUpAt! - b.annotation!.followUpAt!);
  }

  private async matching(filter: CallFilter): Promise<LoggedCall[]> {
    const { log, people } = this.options;
    const records = await log.list({ from: -Infinity, to: Infinity, limit: Infinity });
    this.settle(records);
    const calls = records.map((record): LoggedCall => {
      const annotation = this.annotations.get(record.id) ?? null;
      const linked = annotation?.personId ?? null;
      const person = linked === null ? people.personOf(record.partyKey) : people.person(linked);
      return { record, annotation, person, missed: this.missed.get(record.id) ?? null, hasRecording: false };
    });
    return calls.filter((call) => matchesFilter(call, filter));
  }

  /** Whoever was missed and talked with later is handled, but not against the user's word. */
  private settle(records: readonly CallRecord[]): void {
    for (const call of records.filter(({ disposition, id }) => disposition === 'missed' && !this.missed.has(id))) {
      const later = records.slice(0, records.indexOf(call)).toReversed();
      const same = later.filter(({ partyKey }) => partyKey !== null && partyKey === call.partyKey);
      const talk = same.find(({ answeredAt }) => answeredAt !== null);
      this.missed.set(call.id, { handledAt: talk?.answeredAt ?? null, handledBy: talk?.id ?? null });
    }
    for (const talk of records.filter(
      ({ answeredAt, endedAt, id }) => answeredAt !== null && endedAt !== null && !this.settled.has(id),
    )) {
      this.settled.add(talk.id);
      const before = records
        .slice(records.indexOf(talk) + 1)
        .filter(({ partyKey }) => partyKey !== null && partyKey === talk.partyKey);
      for (const { id } of before) {
        if (this.missed.get(id)?.handledAt === null)
          this.missed.set(id, { handledAt: talk.answeredAt, handledBy: talk.id });
      }
    }
  }
}

function mostUsed(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
}
