import { z } from 'zod';
import { callDirection, disposition } from './calls.ts';

/** A call detail record: the fact that a call was attempted, immutable once ended. */
export const callRecord = z.object({
  id: z.string(),
  lineId: z.string(),
  /** The line's label as it was then. */
  lineLabel: z.string(),
  direction: callDirection,
  number: z.string().nullable(),
  extension: z.string().nullable(),
  display: z.string(),
  /** The name as it was then. */
  name: z.string().nullable(),
  withheld: z.boolean(),
  divertedFrom: z.string().nullable(),
  /** Unix ms, UTC. */
  offeredAt: z.number(),
  answeredAt: z.number().nullable(),
  /** Null while the call is up. */
  endedAt: z.number().nullable(),
  /** Minutes east of UTC at the time of the call. */
  zoneOffsetMinutes: z.int(),
  /** Null while the call is up. */
  disposition: disposition.nullable(),
  sipStatus: z.int().nullable(),
  sipReason: z.string().nullable(),
  sipCallId: z.string().nullable(),
  codec: z.string().nullable(),
  encrypted: z.boolean(),
});
export type CallRecord = z.infer<typeof callRecord>;

export const callLogCommands = {
  /** Records offered within [from, to) Unix ms, newest first. */
  'callLog.list': {
    args: z.object({ from: z.number(), to: z.number(), limit: z.int().min(1).max(1000).default(500) }),
    result: z.array(callRecord),
  },
};

export const callLogEvents = {
  'callLog.recorded': z.object({ record: callRecord }),
};
