import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function dialRequestHandlers({ dialDesk, links }: HandlerDependencies) {
  return {
    'dialRequests.list': () => dialDesk.list(),
    'dialRequests.open': (asked) => dialDesk.open(asked),
    'dialRequests.dial': ({ requestId, index, trust }) => dialDesk.dial(requestId, index, trust),
    'dialRequests.dismiss': ({ requestId }) => {
      dialDesk.dismiss(requestId);
      return {};
    },
    'dialRequests.trusted': () => dialDesk.trusted(),
    'dialRequests.distrust': async ({ originId }) => {
      await dialDesk.distrust(originId);
      return {};
    },
    'links.status': () => links.status(),
    'links.register': ({ register }) => links.register(register),
  } satisfies Partial<CommandHandlers>;
}
