import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function reportHandlers({ reports }: HandlerDependencies) {
  return {
    'reports.run': (query) => reports.run(query),
  } satisfies Partial<CommandHandlers>;
}
