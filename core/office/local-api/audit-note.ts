import { OffhookError } from '#contract/errors.ts';
import { operations, type OperationName } from '#contract/local-api/index.ts';
import type { Asker } from './api-caller.ts';
import type { AuditNote } from './audit-trail.ts';

/** What of a request may be read by the user later: whom it was about, never a secret, never what was said or noted. */
const subjects = ['text', 'number', 'callId', 'personId', 'lineId', 'name'] as const;

/**
 * The line of the trail that an operation leaves; null for none. Offhook's own programs leave one for what they do, and
 * none for what they look at.
 * @param result what it gave, or the error that it ended with
 */
export function auditNoteOf(name: OperationName, taken: object, { caller }: Asker, result: object): AuditNote | null {
  const looks = operations[name].method === 'GET' || name === 'numbers.find';
  if (looks && (caller === null || caller.programId === null)) return null;
  return {
    programId: caller?.programId ?? null,
    programName: caller?.name ?? '',
    action: name,
    subject: looks ? '' : subjectOf(taken),
    outcome: outcomeOf(result),
  };
}

function subjectOf(taken: object): string {
  const values = taken as Record<string, unknown>;
  return subjects.flatMap((key) => (typeof values[key] === 'string' ? [values[key]] : []))[0] ?? '';
}

function outcomeOf(result: object): AuditNote['outcome'] {
  if (result instanceof OffhookError) return /^(program|dial)\./.test(result.code) ? 'refused' : 'failed';
  if (result instanceof Error) return 'failed';
  const { requestId } = result as { requestId?: unknown };
  return typeof requestId === 'string' || 'pairingId' in result ? 'asked' : 'done';
}
