import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

export function callLogHandlers({ callLog, archive }: HandlerDependencies) {
  return {
    'callLog.list': (args) => callLog.list(args),
    'callLog.query': (args) => archive.query(args),
    'callLog.count': async ({ filter }) => ({ count: await archive.count(filter) }),
    'callLog.get': ({ callId }) => archive.get(callId),
    'callLog.annotate': ({ callId, patch }) => archive.annotate(callId, patch),
    'callLog.changes': ({ callId }) => archive.changes(callId),
    'callLog.suggestions': () => archive.suggestions(),
    'callLog.followUps': () => archive.followUps(),
  } satisfies Partial<CommandHandlers>;
}
