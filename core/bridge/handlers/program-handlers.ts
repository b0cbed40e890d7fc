import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function programHandlers({ localApi }: HandlerDependencies) {
  return {
    'localApi.status': () => localApi.status(),
    'localApi.trustCertificate': () => localApi.trustCertificate(),
    'localApi.removeCertificate': () => localApi.removeCertificate(),
    'programs.list': () => localApi.programs(),
    'programs.requests': () => localApi.requests(),
    'programs.approve': ({ requestId, scopes }) => localApi.approve(requestId, scopes),
    'programs.refuse': ({ requestId }) => {
      localApi.refuse(requestId);
      return {};
    },
    'programs.revoke': async ({ programId }) => {
      await localApi.revoke(programId);
      return {};
    },
    'programs.audit': (asked) => localApi.audit(asked),
  } satisfies Partial<CommandHandlers>;
}
