import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { lineId } from './lines.ts';
import { partyMatch } from './person.ts';

export const callId = z.string().min(1).max(64);

/** The TAPI call states that apply to a SIP phone. */
export const callState = z.enum([
  'idle',
  'offering',
  'dialing',
  'proceeding',
  'ringback',
  'connected',
  'onHold',
  'onHoldPendingTransfer',
  'conferenced',
  'busy',
  'disconnected',
]);
export type CallState = z.infer<typeof callState>;

export const callDirection = z.enum(['incoming', 'outgoing']);
export type CallDirection = z.infer<typeof callDirection>;

/** How a call ended, as its record keeps it. */
export const disposition = z.enum([
  'answered',
  'missed',
  'declined',
  'answered-elsewhere',
  'busy',
  'no-answer',
  'cancelled',
  'failed',
  'cut',
]);
export type Disposition = z.infer<typeof disposition>;

export const remoteParty = z.object({
  /** What to dial to reach them again: E.164 or the PBX's own short number; null when withheld or not a number. */
  number: z.string().nullable(),
  /** Extension behind that number, dialled after the answer. */
  extension: z.string().nullable(),
  /** The number as people read it, e.g. `+7 495 123-45-67`; a SIP address where there is no number. */
  display: z.string(),
  /** Name from the display name of the SIP header; hostile text, for showing only. */
  name: z.string().nullable(),
  withheld: z.boolean(),
  /** True when the identity was asserted by a trusted server (RFC 3325). */
  asserted: z.boolean(),
  /** Where the call was diverted from (RFC 5806 Diversion, RFC 7044 History-Info), if it was. */
  diversion: z.object({ display: z.string(), reason: z.string().nullable() }).nullable(),
});
export type RemoteParty = z.infer<typeof remoteParty>;

export const audioQuality = z.object({
  /** 0–100 % of packets lost in the last interval, each way where known. */
  lossPercent: z.number(),
  jitterMilliseconds: z.number(),
  roundTripMilliseconds: z.number().nullable(),
});
export type AudioQuality = z.infer<typeof audioQuality>;

export const callSnapshot = z.object({
  id: callId,
  lineId,
  direction: callDirection,
  state: callState,
  remote: remoteParty,
  /** Who the far end is by the directories, as known now; null for nobody. */
  match: partyMatch.nullable().default(null),
  heldByThem: z.boolean(),
  muted: z.boolean(),
  /** The far end already sends audio before the answer: no local ringback tone then. */
  earlyMedia: z.boolean(),
  /** True between the click on Answer and the 200's way out. */
  answering: z.boolean(),
  /** Digits of the extension that still wait for the answer; null when none. */
  pendingDigits: z.string().nullable(),
  /** Everything sent as DTMF in this call, for the keypad's display. */
  sentDigits: z.string(),
  codec: z.string().nullable(),
  encrypted: z.boolean(),
  /** The way between window and far end: `lost` after 2 s without a window or without packets. */
  audio: z.enum(['none', 'connecting', 'connected', 'lost']),
  /** Of the way to the far end, renewed about every 2 s; null before anything is known. */
  quality: audioQuality.nullable(),
  emergency: z.boolean(),
  /** Unix ms. */
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  ending: z
    .object({ disposition, by: z.enum(['us', 'them', 'network']), error: errorReport.nullable() })
    .nullable(),
});
export type CallSnapshot = z.infer<typeof callSnapshot>;

/** What would be dialled, and which rules changed it. */
export const dialPreview = z.object({
  /** Sent to the PBX. */
  address: z.string(),
  extension: z.string().nullable(),
  display: z.string(),
  emergency: z.boolean(),
  /** Short names of the rules that applied, in order, e.g. `trunk-prefix`, `country`, `dial-out`. */
  rules: z.array(z.string()),
});
export type DialPreview = z.infer<typeof dialPreview>;

const dialText = z.string().max(512);
const one = z.object({ callId });

export const callCommands = {
  'calls.list': { args: z.object({}), result: z.array(callSnapshot) },
  'calls.preview': { args: z.object({ text: dialText, lineId: lineId.nullable().default(null) }), result: dialPreview },
  /** Places a call to a number in any written form, or to a SIP address. Holds the call that is up, if any. */
  'calls.place': {
    args: z.object({ text: dialText, lineId: lineId.nullable().default(null) }),
    result: z.object({ callId }),
  },
  'calls.redial': { args: z.object({}), result: z.object({ callId }) },
  'calls.answer': { args: one, result: z.object({}) },
  'calls.decline': { args: z.object({ callId, reason: z.enum(['decline', 'busy']).default('decline') }), result: z.object({}) },
  'calls.hangUp': { args: one, result: z.object({}) },
  'calls.hold': { args: one, result: z.object({}) },
  /** Takes the call back; the one that is up goes on hold first. */
  'calls.unhold': { args: one, result: z.object({}) },
  /** Gives the call away unannounced (RFC 3515). Resolves when the far end has taken it; our call is over then. */
  'calls.transfer': { args: z.object({ callId, text: dialText }), result: z.object({}) },
  'calls.setMuted': { args: z.object({ callId, muted: z.boolean() }), result: z.object({}) },
  'calls.sendDigits': {
    args: z.object({ callId, digits: z.string().min(1).max(64).regex(/^[0-9*#A-D,]+$/) }),
    result: z.object({}),
  },
};

export const callEvents = {
  'calls.changed': z.object({ calls: z.array(callSnapshot) }),
};
