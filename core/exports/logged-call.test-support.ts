import type { CallAnnotation, CallRecord, LoggedCall } from '#contract/ipc/index.ts';

/** A call as the log shows it, with what is said added to it. */
export function loggedCallOf(
  record: CallRecord,
  more: Partial<Omit<LoggedCall, 'annotation'>> & { annotation?: Partial<CallAnnotation> } = {},
): LoggedCall {
  const nothing = {
    note: '',
    outcome: null,
    followUpAt: null,
    snoozedUntil: null,
    followUpDoneAt: null,
    tags: [],
    personId: null,
  };
  const missed = record.disposition === 'missed' ? { handledAt: null, handledBy: null } : null;
  const annotation = more.annotation ? { ...nothing, ...more.annotation } : null;
  return { record, person: null, missed, hasRecording: false, ...more, annotation };
}
