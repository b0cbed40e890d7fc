import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function audioHandlers({ audio, problems }: HandlerDependencies) {
  return {
    'audio.claim': (_args, client) => {
      audio.claim(client);
      return {};
    },
    'audio.reply': ({ requestId, outcome }, client) => {
      audio.reply(client, requestId, outcome);
      return {};
    },
    'audio.report': (report, client) => {
      audio.report(client, report);
      return {};
    },
    'audio.problem': ({ error }) => {
      if (error) problems.raise('audio', error, { dismissable: false });
      else problems.clear('audio');
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}
