import { z } from 'zod';

/**
 * Every failure that a user may meet, by code. Core returns codes and never translated text; the renderer and the
 * command line keep a sentence (what happened) and an advice (what to try) for each code.
 */
export const errorCodes = [
  // a call that did not come about, or ended against the user's will
  'call.busy',
  'call.declined',
  'call.no-answer',
  'call.not-found',
  'call.number-incomplete',
  'call.forbidden',
  'call.payment-required',
  'call.unavailable',
  'call.media-not-acceptable',
  'call.server-failed',
  'call.server-overloaded',
  'call.timed-out',
  'call.unreachable',
  'call.loop',
  'call.failed',
  'call.media-lost',
  'call.cut',
  'call.not-possible-now',
  'call.unknown',
  'call.limit-reached',
  'call.blocked-number',
  // a line (an account on a PBX)
  'line.wrong-password',
  'line.unknown-user',
  'line.refused',
  'line.unreachable',
  'line.name-not-found',
  'line.timed-out',
  'line.certificate-expired',
  'line.certificate-untrusted',
  'line.certificate-wrong-name',
  'line.server-failed',
  'line.not-registered',
  'line.none',
  'line.in-use',
  'line.unknown',
  // numbers
  'number.empty',
  'number.unreadable',
  // sound
  'audio.no-microphone',
  'audio.microphone-refused',
  'audio.microphone-busy',
  'audio.sound-blocked',
  'audio.no-window',
  'audio.failed',
  // recordings of calls
  'recording.disk-full',
  'recording.failed',
  'recording.missing',
  'recording.unknown',
  'recording.unplayable',
  // settings, secrets, storage
  'settings.corrupt',
  'settings.invalid',
  'settings.not-saved',
  'secrets.unreadable',
  'storage.corrupt',
  'storage.read-only',
  'storage.full',
  'storage.newer',
  'storage.failed',
  // a file of calls that the user asked for
  'export.failed',
  'export.full',
  'export.limit-reached',
  'export.unknown',
  'storage.record-refused',
  'storage.salvaged',
  // backups, erasing
  'backup.no-space',
  'backup.not-writable',
  'backup.failed',
  'backup.not-found',
  'backup.not-ours',
  'backup.damaged',
  'backup.newer',
  'records.call-up',
  'records.busy',
  'records.changed',
  'records.nobody',
  // directories: what keeps a whole source from being read
  'directory.not-found',
  'directory.locked',
  'directory.unreadable',
  'directory.too-large',
  'directory.encrypted',
  'directory.broken-file',
  'directory.suspicious-file',
  'directory.unsupported-file',
  'directory.empty',
  'directory.no-header',
  'directory.no-numbers',
  'directory.unreachable',
  'directory.name-not-found',
  'directory.timed-out',
  'directory.certificate-untrusted',
  'directory.certificate-expired',
  'directory.certificate-wrong-name',
  'directory.wrong-password',
  'directory.forbidden',
  'directory.sign-in-needed',
  'directory.sign-in-failed',
  'directory.referral',
  'directory.limit-reached',
  'directory.server-failed',
  'directory.bad-answer',
  'directory.invalid',
  'directory.not-here',
  'directory.outlook-missing',
  'directory.outlook-busy',
  'directory.busy',
  'directory.cancelled',
  'directory.unknown',
  'directory.failed',
  // directories: what keeps one entry, or a part of it, from being taken
  'entry.unreadable',
  'entry.number-unreadable',
  'entry.cell-error',
  'entry.not-calculated',
  'entry.too-large',
  'entry.photo-unreadable',
  'entry.same-id',
  // people
  'people.unknown',
  'people.not-editable',
  'people.cannot-open',
  // dialling from outside
  'dial.no-number',
  'dial.refused-premium',
  'dial.refused-international',
  'dial.refused-unreadable',
  'dial.request-gone',
  'dial.too-many',
  'call.not-supported',
  'links.not-here',
  'links.failed',
  'selection.empty',
  'selection.unreadable',
  // programs that use the local API
  'program.not-paired',
  'program.not-allowed',
  'program.refused',
  'program.request-gone',
  'program.too-many',
  'program.too-fast',
  'program.unknown',
  'program.invalid',
  'program.too-large',
  'local-api.port-taken',
  'local-api.failed',
  'local-api.certificate-failed',
  'local-api.trust-failed',
  'local-api.not-running',
  // writing into a sheet
  'sheet.unknown',
  'sheet.row-unknown',
  'sheet.walk-busy',
  'sheet.no-walk',
  'sheet.call-up',
  'sheet.no-number',
  'sheet.missing',
  'sheet.locked',
  'sheet.read-only',
  'sheet.encrypted',
  'sheet.final',
  'sheet.protected',
  'sheet.signed',
  'sheet.unsupported',
  'sheet.text-too-long',
  'sheet.not-in-encoding',
  'sheet.broken',
  'sheet.too-large',
  'sheet.changed',
  'sheet.no-space',
  'sheet.nothing-to-undo',
  'sheet.column-unknown',
  'sheet.formula',
  'sheet.excel-busy',
  'sheet.failed',
  // what is told to other programs after a call
  'delivery.unreachable',
  'delivery.refused',
  'delivery.not-allowed',
  'delivery.no-object',
  'delivery.failed',
  'journal.unknown',
  'journal.no-directory',
  'action.unknown',
  'action.invalid',
  'action.program-missing',
  'action.program-failed',
  'action.address-refused',
  'action.too-many',
  // the bridge between window and agent
  'bridge.invalid-arguments',
  'bridge.unknown-command',
  'bridge.closed',
  'internal.bug',
] as const;

export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

/** What crosses a process boundary of a failure: a code, values for its sentence, and the technical detail. */
export const errorReport = z.object({
  code: errorCode,
  /** Values for the named placeholders of the sentence, e.g. `{ host: 'pbx.example', status: 503 }`. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** One technical line for the curious and for support, e.g. `SIP 503 Service Unavailable`; never a secret. */
  detail: z.string().nullable().default(null),
});
export type ErrorReport = z.infer<typeof errorReport>;

/** An expected failure, as thrown inside a process; `toReport` makes it fit for the bridge. */
export class OffhookError extends Error {
  readonly code: ErrorCode;
  readonly values: Record<string, string | number>;
  readonly detail: string | null;

  constructor(
    code: ErrorCode,
    options: { values?: Record<string, string | number>; detail?: string | null; cause?: unknown } = {},
  ) {
    super(options.detail ? `${code}: ${options.detail}` : code, { cause: options.cause });
    this.name = 'OffhookError';
    this.code = code;
    this.values = options.values ?? {};
    this.detail = options.detail ?? null;
  }

  static fromReport(report: ErrorReport): OffhookError {
    return new OffhookError(report.code, { values: report.values, detail: report.detail });
  }
}

/** Turns anything thrown into a report; what is not expected becomes `internal.bug` with its message as detail. */
export function toReport(error: unknown): ErrorReport {
  if (error instanceof OffhookError) return { code: error.code, values: error.values, detail: error.detail };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'internal.bug', values: {}, detail };
}
