import { OffhookError } from '#contract/errors.ts';
import type {
  AnnotationChange,
  AnnotationPatch,
  CallAnnotation,
  CallFilter,
  CallRecord,
  LoggedCall,
} from '#contract/ipc/index.ts';
import type { DemoBridge } from './demo-bridge.ts';

const nothing: CallAnnotation = {
  note: '',
  outcome: null,
  followUpAt: null,
  snoozedUntil: null,
  followUpDoneAt: null,
  tags: [],
  personId: null,
};

function wordsOf({ record, annotation, person }: LoggedCall): string {
  const added = annotation ? [annotation.note, annotation.outcome ?? '', ...annotation.tags] : [];
  return [record.name ?? '', person?.name ?? '', ...added].join(' ').toLocaleLowerCase('ru');
}

function answersTo(text: string, call: LoggedCall): boolean {
  const words = wordsOf(call);
  const digits = /\p{L}/u.test(text) ? '' : text.replace(/\D/g, '');
  if (digits !== '' && (call.record.number ?? '').includes(digits)) return true;
  return text
    .toLocaleLowerCase('ru')
    .split(/\s+/)
    .every((word) => words.includes(word));
}

function passes(call: LoggedCall, filter: CallFilter): boolean {
  const { record, annotation, missed, person } = call;
  const followUp = annotation !== null && annotation.followUpAt !== null && annotation.followUpDoneAt === null;
  const hour = new Date(record.offeredAt + record.zoneOffsetMinutes * 60_000).getUTCHours();
  const facts: [unknown, unknown][] = [
    [filter.direction, record.direction],
    [filter.lineId, record.lineId],
    [filter.partyKey, record.partyKey],
    [filter.personId, person?.id],
    [filter.disposition, record.disposition],
    [filter.talked, record.answeredAt !== null],
    [filter.internal, record.internal],
    [filter.outcome, annotation?.outcome],
    [filter.followUp, followUp],
    [filter.missedOpen, missed !== null && missed.handledAt === null],
    [filter.hour, hour],
  ];
  const inside = record.offeredAt >= (filter.from ?? -Infinity) && record.offeredAt < (filter.to ?? Infinity);
  return (
    inside &&
    facts.every(([wanted, is]) => wanted === undefined || wanted === is) &&
    (!filter.text || answersTo(filter.text, call))
  );
}

/** The call log of the agent in memory: near enough to the real one for tests of the window and for its gallery. */
export class DemoCallLog {
  private readonly bridge: DemoBridge;
  private readonly history = new Map<string, AnnotationChange[]>();

  constructor(bridge: DemoBridge) {
    this.bridge = bridge;
    bridge.answer('callLog.query', ({ filter, after, limit }) => this.page(filter, Number(after ?? 0), limit ?? 100));
    bridge.answer('callLog.count', ({ filter }) => ({
      count: this.all().filter((call) => passes(call, filter)).length,
    }));
    bridge.answer('callLog.get', ({ callId }) => this.find(callId));
    bridge.answer('callLog.annotate', ({ callId, patch }) => this.annotate(callId, patch));
    bridge.answer('callLog.changes', ({ callId }) => this.history.get(callId) ?? []);
    bridge.answer('callLog.suggestions', () => this.suggestions());
    bridge.answer('callLog.followUps', () => this.all().filter((call) => passes(call, { followUp: true })));
  }

  /** A record that is told is one that can be asked for. */
  take(record: CallRecord): void {
    const { records } = this.bridge.state;
    this.bridge.state.records = [record, ...records.filter(({ id }) => id !== record.id)].sort(
      (a, b) => b.offeredAt - a.offeredAt,
    );
  }

  private all(): LoggedCall[] {
    return this.bridge.state.records.map((record) => this.logged(record));
  }

  private logged(record: CallRecord): LoggedCall {
    const missed = record.disposition === 'missed' ? { handledAt: null, handledBy: null } : null;
    return {
      record,
      annotation: null,
      person: this.personOf(record.partyKey),
      missed,
      hasRecording: false,
      ...this.bridge.state.added[record.id],
    };
  }

  private personOf(key: string | null): LoggedCall['person'] {
    const known = this.bridge.state.people.find(({ numbers }) => numbers.some(({ partyKey }) => partyKey === key));
    return known ? { id: known.id, name: known.name } : null;
  }

  private find(callId: string): LoggedCall | null {
    const record = this.bridge.state.records.find(({ id }) => id === callId);
    return record ? structuredClone(this.logged(record)) : null;
  }

  private page(filter: CallFilter, from: number, limit: number) {
    const { records } = this.bridge.state;
    const calls: LoggedCall[] = [];
    for (let index = from; index < records.length; index += 1) {
      const call = this.logged(records[index]!);
      if (!passes(call, filter)) continue;
      if (calls.length === limit) return { calls: structuredClone(calls), next: String(index) };
      calls.push(call);
    }
    return { calls: structuredClone(calls), next: null };
  }

  private annotate(callId: string, patch: AnnotationPatch): LoggedCall {
    const call = this.find(callId);
    if (!call) throw new OffhookError('call.unknown');
    const { followUpDone, handled, ...fields } = patch;
    const before = call.annotation ?? nothing;
    const annotation = { ...before, ...fields };
    const now = Date.now();
    if (patch.followUpAt !== undefined) [annotation.followUpDoneAt, annotation.snoozedUntil] = [null, null];
    if (followUpDone !== undefined) annotation.followUpDoneAt = followUpDone ? now : null;
    const missed =
      call.missed && handled !== undefined ? { handledAt: handled ? now : null, handledBy: null } : call.missed;
    const entries = Object.entries(patch) as [AnnotationChange['field'], unknown][];
    const changes = entries.map(([field, value]) => {
      const old = field in before ? before[field as keyof CallAnnotation] : null;
      return {
        at: now,
        field,
        before: old === null || old === '' ? null : String(old),
        after: value === null || value === '' ? null : String(value),
      };
    });
    this.history.set(callId, [...changes, ...(this.history.get(callId) ?? [])]);
    const linked = this.bridge.state.people.find(({ id }) => id === patch.personId);
    const person = patch.personId === undefined ? call.person : linked ? { id: linked.id, name: linked.name } : null;
    this.bridge.state.added[callId] = { ...this.bridge.state.added[callId], annotation, missed, person };
    const changed = this.find(callId)!;
    this.bridge.emit('callLog.annotated', { call: changed });
    return changed;
  }

  private suggestions() {
    const added = Object.values(this.bridge.state.added).flatMap(({ annotation }) => annotation ?? []);
    const outcomes = added.flatMap(({ outcome }) => outcome ?? []);
    return { outcomes: [...new Set(outcomes)], tags: [...new Set(added.flatMap(({ tags }) => tags))] };
  }
}
