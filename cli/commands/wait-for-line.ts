import type { ApiLine } from '#contract/local-api/index.ts';
import { withoutDeceit } from '#core/foundation/show-text.ts';
import type { AgentClient } from '../agent/local-api-client.ts';
import type { CommandContext } from './command.ts';

const patience = 10_000;
const poll = 100;

/** Why nothing can be dialled yet; null when a line is registered. */
function obstacle(lines: readonly ApiLine[], words: CommandContext['words']): string | null {
  if (lines.some(({ registration }) => registration === 'registered')) return null;
  const line = lines.find(({ isDefault }) => isDefault) ?? lines[0];
  return line ? words.lineNotReady(withoutDeceit(line.label || line.address), line.registration) : words.noLine;
}

/**
 * After a start: until a line is registered, for 10 s at most. Then says why none is, and leaves what to do about it to
 * the agent, which knows what may not be held up.
 */
export async function waitForLine({ terminal, words, clock }: CommandContext, client: AgentClient): Promise<void> {
  const deadline = clock.monotonic() + patience;
  for (;;) {
    const { lines } = await client.call('lines.list', {});
    const why = obstacle(lines, words);
    if (why === null) return;
    if (clock.monotonic() >= deadline) return terminal.say(why);
    await new Promise<void>((resolve) => clock.after(poll, resolve));
  }
}
