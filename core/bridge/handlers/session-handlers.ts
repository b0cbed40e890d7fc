import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function sessionHandlers(dependencies: HandlerDependencies) {
  const { services, settings, secrets, problems } = dependencies;
  return {
    'session.open': () => ({
      version: dependencies.version,
      shell: dependencies.shell,
      secretStore: secrets.kind,
      demo: dependencies.demo(),
      lines: services.lines.snapshots(),
      calls: services.calls.snapshots(),
      settings: settings.values,
      problems: problems.list(),
    }),
    'session.dismissProblem': ({ problemId }) => {
      problems.dismiss(problemId);
      return {};
    },
    'session.startDemo': async () => {
      await dependencies.startDemo();
      return {};
    },
    'settings.set': async ({ values }) => {
      await settings.set(values);
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}
