import { z } from 'zod';
import { apiCall, apiLine, apiRecord } from './model.ts';
import type { Scope } from './scopes.ts';

/**
 * What is told over `GET /v1/events`, as server-sent events (`event:` is the name, `data:` JSON, `id:` counts up) or as
 * WebSocket texts `{ "id": 7, "event": "…", "data": {…} }`. Of calls a listener hears every change; `calls.snapshot` is
 * the first that it hears, and comes again after a gap.
 */
export const apiEvents = {
  'calls.snapshot': { scope: 'calls:read', data: z.object({ calls: z.array(apiCall) }) },
  'call.offered': { scope: 'calls:read', data: z.object({ call: apiCall }) },
  'call.changed': { scope: 'calls:read', data: z.object({ call: apiCall }) },
  'call.ended': { scope: 'calls:read', data: z.object({ call: apiCall }) },
  'lines.changed': { scope: 'calls:read', data: z.object({ lines: z.array(apiLine) }) },
  'log.recorded': { scope: 'log:read', data: z.object({ record: apiRecord }) },
  'log.annotated': { scope: 'log:read', data: z.object({ record: apiRecord }) },
} as const satisfies Record<string, { scope: Scope; data: z.ZodType }>;

export type ApiEventName = keyof typeof apiEvents;
export type ApiEventData<N extends ApiEventName> = z.output<(typeof apiEvents)[N]['data']>;
export interface ApiEvent<N extends ApiEventName = ApiEventName> {
  /** Counts up within one run of the agent. */
  id: number;
  event: N;
  data: ApiEventData<N>;
}
