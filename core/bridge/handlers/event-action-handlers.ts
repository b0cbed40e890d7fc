import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function eventActionHandlers({ eventActions }: HandlerDependencies) {
  return {
    'eventActions.list': () => eventActions.list(),
    'eventActions.save': (asked) => eventActions.save(asked),
    'eventActions.remove': async ({ actionId }) => {
      await eventActions.remove(actionId);
      return {};
    },
    'eventActions.test': async (asked) => {
      await eventActions.test(asked);
      return {};
    },
    'eventActions.runs': () => eventActions.runs(),
  } satisfies Partial<CommandHandlers>;
}
