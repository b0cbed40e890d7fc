import { z } from 'zod';
import { callDirection, callState, disposition } from '../ipc/calls.ts';
import { matchConfidence } from '../ipc/person.ts';
import { errorReport } from '../errors.ts';

/** What a line can do; what is not listed is answered with `call.not-supported`. After TAPI's line device capabilities. */
export const lineFeature = z.enum([
  'make',
  'answer',
  'drop',
  'hold',
  'unhold',
  'swap',
  'dialDigits',
  'blindTransfer',
  'setUpTransfer',
  'completeTransfer',
  'conference',
  'park',
  'pickUp',
  'doNotDisturb',
]);
export type LineFeature = z.infer<typeof lineFeature>;

export const apiLine = z.object({
  id: z.string(),
  label: z.string(),
  /** The line's own address, e.g. `1001@pbx.example`. */
  address: z.string(),
  isDefault: z.boolean(),
  registration: z.enum(['disabled', 'registering', 'registered', 'refused', 'unreachable']),
  features: z.array(lineFeature),
});
export type ApiLine = z.infer<typeof apiLine>;

export const apiCall = z.object({
  id: z.string(),
  lineId: z.string(),
  direction: callDirection,
  state: callState,
  /** What to dial to reach the far end; null when withheld. */
  number: z.string().nullable(),
  display: z.string(),
  /** By the directories, else as the far end named itself. */
  name: z.string().nullable(),
  firm: z.string().nullable(),
  personId: z.string().nullable(),
  muted: z.boolean(),
  /** Unix ms. */
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  disposition: disposition.nullable(),
  error: errorReport.nullable(),
  /** What can be asked of the call as it is now. */
  possible: z.array(lineFeature),
});
export type ApiCall = z.infer<typeof apiCall>;

export const apiPerson = z.object({
  id: z.string(),
  name: z.string(),
  firm: z.string(),
  role: z.string(),
  numbers: z.array(z.object({ dial: z.string(), display: z.string(), label: z.string() })),
  emails: z.array(z.string()),
});
export type ApiPerson = z.infer<typeof apiPerson>;

export const apiMatch = z.object({ confidence: matchConfidence, person: apiPerson.omit({ emails: true }) });
export type ApiMatch = z.infer<typeof apiMatch>;

/** A call of the log. */
export const apiRecord = z.object({
  id: z.string(),
  lineId: z.string(),
  direction: callDirection,
  number: z.string().nullable(),
  display: z.string(),
  name: z.string().nullable(),
  personId: z.string().nullable(),
  /** Unix ms. */
  offeredAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  disposition: disposition.nullable(),
  note: z.string(),
  outcome: z.string().nullable(),
  followUpAt: z.number().nullable(),
  tags: z.array(z.string()),
});
export type ApiRecord = z.infer<typeof apiRecord>;

/** What every failure answers with. */
export const apiError = z.object({ error: errorReport, message: z.string() });
export type ApiError = z.infer<typeof apiError>;
