import { OffhookError } from '#contract/errors.ts';
import type { z } from 'zod';
import { operations, type Operation, type OperationName } from '#contract/local-api/index.ts';
import { dialPlan, type NumberRules } from '#core/contacts/index.ts';
import type { Logger } from '#core/foundation/index.ts';
import type { Asker } from './api-caller.ts';
import { auditNoteOf } from './audit-note.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { CallerLimits } from './caller-limits.ts';
import type { OperationHandlers } from './operations/index.ts';

export interface RunOptions {
  handlers: OperationHandlers;
  limits: CallerLimits;
  audit: AuditTrail;
  numberRules: () => NumberRules;
  logger: Logger;
}

/** The parts of a request as they arrived. */
export interface Given {
  parameters: unknown;
  query: unknown;
  body: unknown;
}

/** @throws OffhookError `program.not-paired`, `program.not-allowed` */
export function checkScope(name: OperationName, { caller }: Asker): void {
  const { scope } = operations[name];
  if (scope === null) return;
  if (!caller) throw new OffhookError('program.not-paired');
  if (!caller.scopes.has(scope)) throw new OffhookError('program.not-allowed', { values: { scope } });
}

/**
 * One operation of the table, for an asker whose scope was checked: its arguments, how often this program may, the work
 * itself, its answer checked, and a line in the trail.
 * @returns the answer as JSON
 * @throws OffhookError what the operation rejects with, `program.invalid`, `program.too-fast`
 */
export async function runOperation(
  name: OperationName,
  given: Given,
  asker: Asker,
  options: RunOptions,
): Promise<{ status: number; json: string }> {
  const operation: Operation = operations[name];
  const taken = {
    ...(parse(operation.parameters, given.parameters, 'path') as object),
    ...(parse(operation.query, given.query, 'query') as object),
    ...(operation.body ? (parse(operation.body, given.body, 'body') as object) : {}),
  };
  try {
    const isHurried = operation.scope === 'calls:dial' && isEmergency(taken, options.numberRules());
    if (!isHurried) options.limits.take(name, asker);
    const handler = options.handlers[name] as (taken: object, asker: Asker) => unknown;
    const result = operation.result.safeParse(await handler(taken, asker));
    if (!result.success)
      throw new Error(`the answer of ${name} is not what the contract says`, { cause: result.error });
    const note = auditNoteOf(name, taken, asker, result.data as object);
    if (note) options.audit.note(note);
    return { status: statusOf(name, result.data as object), json: JSON.stringify(result.data) };
  } catch (error) {
    const note = auditNoteOf(name, taken, asker, error instanceof Error ? error : new Error(String(error)));
    if (note) options.audit.note(note);
    throw error;
  }
}

function parse(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = [where, ...(issue?.path.map(String) ?? [])].join('.');
  throw new OffhookError('program.invalid', { detail: `${place}: ${issue?.message ?? 'invalid'}` });
}

/** Nothing holds up an emergency call. */
function isEmergency(taken: object, rules: NumberRules): boolean {
  const { text } = taken as { text?: unknown };
  if (typeof text !== 'string' || text.length > 64) return false;
  try {
    return dialPlan(text, rules).emergency;
  } catch (error) {
    if (error instanceof OffhookError) return false;
    throw error;
  }
}

/** 201: a call is under way. 202: the user is asked. */
function statusOf(name: OperationName, result: object): number {
  if (name !== 'calls.place' && name !== 'dial.open') return 200;
  return (result as { callId: string | null }).callId === null ? 202 : 201;
}
