import { OffhookError } from '#contract/errors.ts';
import { toApiLine } from '../api-model.ts';
import type { OperationHandlers, OperationServices } from './operation-handlers.ts';

export function lineOperations({ version, services }: OperationServices) {
  const { lines, calls } = services;
  return {
    'status.get': () => ({
      version,
      registered: lines.snapshots().some(({ registration }) => registration.state === 'registered'),
      calls: calls.live().length,
    }),
    'lines.list': () => ({ lines: lines.snapshots().map(toApiLine) }),
    'lines.setDoNotDisturb': ({ lineId }) => {
      if (!lines.find(lineId)) throw new OffhookError('line.unknown');
      throw new OffhookError('call.not-supported');
    },
  } satisfies Partial<OperationHandlers>;
}
