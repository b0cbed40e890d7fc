import type { AnnotationChange, AnnotationPatch, CallAnnotation, LoggedCall } from '#contract/ipc/index.ts';

export const emptyAnnotation: CallAnnotation = {
  note: '',
  outcome: null,
  followUpAt: null,
  snoozedUntil: null,
  followUpDoneAt: null,
  tags: [],
  personId: null,
};

export interface ChangedAnnotation {
  annotation: CallAnnotation;
  /** Unix ms, or null for not handled; undefined leaves it as it is. */
  handledAt: number | null | undefined;
  /** One for each field that is not as it was. */
  changes: AnnotationChange[];
}

const text = (value: unknown) => (value === null || value === undefined ? null : String(value));

function written(
  annotation: CallAnnotation,
  handled: boolean | null,
): Record<AnnotationChange['field'], string | null> {
  const { note, outcome, followUpAt, snoozedUntil, followUpDoneAt, tags, personId } = annotation;
  return {
    note: note === '' ? null : note,
    outcome,
    followUpAt: text(followUpAt),
    snoozedUntil: text(snoozedUntil),
    followUpDone: followUpDoneAt === null ? null : 'true',
    tags: tags.length === 0 ? null : tags.join(', '),
    personId,
    handled: handled ? 'true' : null,
  };
}

/**
 * What a patch makes of a call's annotation. A follow-up with a new date is open again. `handled` counts for missed calls
 * alone.
 * @param now Unix ms
 */
export function changeAnnotation(call: LoggedCall, patch: AnnotationPatch, now: number): ChangedAnnotation {
  const before = call.annotation ?? emptyAnnotation;
  const { followUpDone, handled, tags, ...fields } = patch;
  const annotation = { ...before, ...fields };
  if (tags) annotation.tags = [...new Set(tags)];
  if (patch.followUpAt !== undefined && patch.followUpAt !== before.followUpAt) {
    annotation.followUpDoneAt = null;
    annotation.snoozedUntil = patch.snoozedUntil ?? null;
  }
  if (followUpDone !== undefined) annotation.followUpDoneAt = followUpDone ? (before.followUpDoneAt ?? now) : null;
  const wasHandled = call.missed ? call.missed.handledAt !== null : null;
  const isHandled = call.missed && handled !== undefined ? handled : wasHandled;
  const [old, fresh] = [written(before, wasHandled), written(annotation, isHandled)];
  const changed = (Object.keys(old) as AnnotationChange['field'][]).filter((field) => old[field] !== fresh[field]);
  return {
    annotation,
    handledAt: isHandled === wasHandled ? undefined : isHandled ? now : null,
    changes: changed.map((field) => ({ at: now, field, before: old[field], after: fresh[field] })),
  };
}
