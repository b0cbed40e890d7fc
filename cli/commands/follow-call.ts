import type { DialOutcome } from '#contract/ipc/index.ts';
import type { ApiCall } from '#contract/local-api/index.ts';
import { readEvents, type AnyApiEvent } from '../agent/read-events.ts';
import type { AgentClient } from '../agent/local-api-client.ts';
import { AgentGone } from '../command-failure.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CommandContext } from './command.ts';
import { describeDuration } from './describe-call.ts';

function callsIn(event: AnyApiEvent): readonly ApiCall[] {
  if (event.event === 'calls.snapshot') return event.data.calls;
  if (event.event === 'call.changed' || event.event === 'call.ended' || event.event === 'call.offered')
    return [event.data.call];
  return [];
}

/** Of the far end, once: what a person at the terminal wants to know of a call that goes on. */
class CallReport {
  private said = '';
  private readonly context: CommandContext;

  constructor(context: CommandContext) {
    this.context = context;
  }

  /** @returns the exit code once the call is over */
  take(call: ApiCall): ExitCode | null {
    const { terminal, words, sentences } = this.context;
    if (call.endedAt === null) {
      const text = call.answeredAt === null ? words.states[call.state] : words.answeredByThem;
      if (text !== this.said) terminal.print(text);
      this.said = text;
      return null;
    }
    if (call.answeredAt !== null) {
      terminal.print(words.over(describeDuration(call.endedAt - call.answeredAt)));
      return exitCodes.done;
    }
    terminal.say(call.error ? sentences.of(call.error) : words.endings[call.disposition ?? 'failed']);
    return exitCodes.failed;
  }
}

/**
 * Dials, and follows the call to its end. Where the user is asked first, the call is the next one that goes out.
 * @param dial called once events are heard, so that none is missed
 */
export async function followCall(
  context: CommandContext,
  client: AgentClient,
  dial: () => Promise<DialOutcome>,
): Promise<ExitCode> {
  const over = new AbortController();
  const report = new CallReport(context);
  const before = new Set<string>();
  let outcome: DialOutcome | null = null;
  let callId: string | null = null;
  try {
    for await (const event of readEvents(client.events(over.signal))) {
      if (outcome === null && event.event === 'calls.snapshot') {
        for (const { id } of event.data.calls) before.add(id);
        outcome = await dial();
        callId = outcome.callId;
        continue;
      }
      for (const call of callsIn(event)) {
        if (outcome && callId === null && call.direction === 'outgoing' && !before.has(call.id)) callId = call.id;
        const code = call.id === callId ? report.take(call) : null;
        if (code !== null) return code;
      }
    }
    throw new AgentGone(null);
  } finally {
    over.abort();
  }
}
