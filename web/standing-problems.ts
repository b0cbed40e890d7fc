import type { ErrorReport } from '#contract/errors.ts';
import type { AgentMessage, CommandResult } from '#contract/ipc/index.ts';
import type { Agent } from '#core/composition-root.ts';
import { Emitter } from '#core/foundation/index.ts';

/** What a window would show as standing problems, asked for as a window would, by one that is gone at once. */
export async function standingProblems(agent: Pick<Agent, 'connect'>): Promise<ErrorReport[]> {
  const asked = new Emitter<unknown>();
  const closed = new Emitter<void>();
  const answer = Promise.withResolvers<AgentMessage>();
  const connection = agent.connect({
    send: (message) => void ('id' in message && answer.resolve(message)),
    onMessage: asked.event,
    onClosed: closed.event,
  });
  try {
    asked.fire({ id: 1, command: 'session.open', args: {} });
    const message = await answer.promise;
    if (!('result' in message)) return [];
    return (message.result as CommandResult<'session.open'>).problems.map(({ error }) => error);
  } finally {
    connection.dispose();
    asked.dispose();
    closed.dispose();
  }
}
