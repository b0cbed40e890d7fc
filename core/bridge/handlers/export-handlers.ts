import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function exportHandlers({ exports }: HandlerDependencies) {
  return {
    'exports.start': (request, client) => ({ exportId: exports.start(request, client) }),
    'exports.startPeople': (request, client) => ({ exportId: exports.startPeople(request, client) }),
    'exports.read': ({ exportId, offset }) => exports.read(exportId, offset),
    'exports.cancel': async ({ exportId }) => {
      await exports.cancel(exportId);
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}
