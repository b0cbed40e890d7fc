import type { DialOutcome, DialSource } from '#contract/ipc/index.ts';
import type { ApiLine } from '#contract/local-api/index.ts';
import type { AgentClient } from '../agent/local-api-client.ts';
import { CommandFailure, WrongUsage } from '../command-failure.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { Command, CommandContext, GivenArguments } from './command.ts';
import { followCall } from './follow-call.ts';
import { toJson } from './to-json.ts';
import { waitForLine } from './wait-for-line.ts';

interface Wish {
  text: string;
  source: DialSource;
}

async function selectedText({ selection, words }: CommandContext): Promise<string> {
  const text = await selection.read();
  if (text === null) throw new CommandFailure(words.selectionNotHere);
  if (text.trim() === '') throw new CommandFailure(words.noSelection, exitCodes.nothingToDo);
  return text;
}

async function wishOf(context: CommandContext, given: GivenArguments): Promise<Wish> {
  const { words } = context;
  const text = given.words.join(' ').trim();
  if (!given.options.selection) {
    if (text === '') throw new WrongUsage(words.missing(words.number));
    return { text, source: 'command-line' };
  }
  if (given.words.length > 0) throw new WrongUsage(words.notForTogether(`<${words.number}>`, '--selection'));
  if (given.options.line !== undefined) throw new WrongUsage(words.notForTogether('--line', '--selection'));
  return { text: await selectedText(context), source: 'selection' };
}

/** The line by its id, its name or its address. */
function lineNamed(lines: readonly ApiLine[], text: string, { words }: CommandContext): ApiLine {
  const same = (one: string) => one.toLocaleLowerCase() === text.toLocaleLowerCase();
  const exact = lines.filter(({ id }) => id === text);
  const [line, second] = exact.length > 0 ? exact : lines.filter(({ label, address }) => same(label) || same(address));
  if (!line)
    throw new CommandFailure(
      words.noSuchLine(
        text,
        lines.map(({ label, address }) => label || address),
      ),
    );
  if (second) throw new CommandFailure(words.ambiguousLine(text));
  return line;
}

async function place(context: CommandContext, client: AgentClient, wish: Wish, line: unknown): Promise<DialOutcome> {
  if (typeof line !== 'string') return await client.call('dial.open', { ...wish });
  const { lines } = await client.call('lines.list', {});
  const { id: lineId } = lineNamed(lines, line, context);
  return await client.call('calls.place', { text: wish.text, lineId });
}

export const dial: Command = {
  name: 'dial',
  usage: (words) => `<${words.number}…> | --selection`,
  options: {
    line: { type: 'string', text: 'line' },
    selection: { type: 'boolean', text: 'selection' },
    wait: { type: 'boolean', text: 'wait' },
    json: { type: 'boolean', text: 'json' },
  },
  async run(context, given): Promise<ExitCode> {
    const { terminal, words } = context;
    const wish = await wishOf(context, given);
    const { client, started } = await context.agent.connect('window');
    if (started) await waitForLine(context, client);
    const once = async () => {
      const outcome = await place(context, client, wish, given.options.line);
      if (given.options.json) terminal.print(toJson(outcome));
      else if (outcome.requestId !== null) terminal.print(words.asked(wish.source));
      else terminal.print(words.dialling(terminal.bold(wish.source === 'selection' ? `«${words.number}»` : wish.text)));
      return outcome;
    };
    if (given.options.wait) return await followCall(context, client, once);
    await once();
    await context.selection.released();
    return exitCodes.done;
  },
};
