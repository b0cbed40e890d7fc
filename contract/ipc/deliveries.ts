import { z } from 'zod';
import { errorReport } from '../errors.ts';

/** Where the outcome of a call is taken to: each until it is done, none twice. */
export const deliveryKind = z.enum(['onec', 'outlook', 'graph', 'webhook']);
export type DeliveryKind = z.infer<typeof deliveryKind>;

/** Something that waits to be delivered, or was given up. */
export const delivery = z.object({
  id: z.int(),
  kind: deliveryKind,
  /** Of the journal or the event action that wants it. */
  targetId: z.string(),
  targetLabel: z.string(),
  /** The call that it tells of, as people know it, e.g. `+7 495 123-45-67, 14:05`. */
  subject: z.string(),
  /** `refused`: the other side says that it will never take it; only the user's word tries again. */
  state: z.enum(['waiting', 'trying', 'refused']),
  attempts: z.int(),
  /** Unix ms. */
  createdAt: z.number(),
  nextAt: z.number().nullable(),
  error: errorReport.nullable(),
});
export type Delivery = z.infer<typeof delivery>;

export const deliveryCommands = {
  /** Oldest first, at most 200. */
  'deliveries.list': { args: z.object({}), result: z.object({ total: z.int(), deliveries: z.array(delivery) }) },
  /** At once; without ids all of them. */
  'deliveries.retry': { args: z.object({ ids: z.array(z.int()).max(200).default([]) }), result: z.object({}) },
  /** Never mind them. */
  'deliveries.drop': { args: z.object({ ids: z.array(z.int()).min(1).max(200) }), result: z.object({}) },
};

export const deliveryEvents = {
  'deliveries.changed': z.object({ waiting: z.int(), refused: z.int() }),
};
