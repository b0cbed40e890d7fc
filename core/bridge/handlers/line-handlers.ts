import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function lineHandlers({ services }: HandlerDependencies) {
  const { lines } = services;
  return {
    'lines.list': () => lines.snapshots(),
    'lines.add': async ({ account, password }) => ({ lineId: await lines.add(account, password) }),
    'lines.update': async ({ lineId, account, password }) => {
      await lines.update(lineId, account, password);
      return {};
    },
    'lines.remove': async ({ lineId }) => {
      await lines.remove(lineId);
      return {};
    },
    'lines.setDefault': async ({ lineId }) => {
      await lines.setDefault(lineId);
      return {};
    },
    'lines.reconnect': ({ lineId }) => {
      lines.reconnect(lineId);
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}
