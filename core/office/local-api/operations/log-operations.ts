import { OffhookError } from '#contract/errors.ts';
import { toApiLoggedCall } from '../api-model.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';

export function logOperations({ archive }: OperationServices) {
  return {
    'log.query': async ({ after = null, limit, ...filter }) => {
      const { calls, next } = await archive.query({ filter, after, limit });
      return { records: calls.map(toApiLoggedCall), next };
    },
    'log.get': async ({ callId }) => {
      const call = await archive.get(callId);
      if (!call) throw new OffhookError('call.unknown');
      return { record: toApiLoggedCall(call) };
    },
    'log.annotate': async ({ callId, ...patch }) => ({
      record: toApiLoggedCall(await archive.annotate(callId, patch)),
    }),
  } satisfies Partial<OperationHandlers>;
}
