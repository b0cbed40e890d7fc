import { setImmediate } from 'node:timers/promises';
import type { CommandInput, CommandName, CommandResult } from '#contract/ipc/index.ts';
import { MemoryClientPort } from '#core/bridge/memory-client-port.ts';
import type { Agent } from '#core/composition-root.ts';
import { peopleSearchTexts } from './people-search-texts.ts';
import { TurnMeter } from './turn-meter.ts';

const swaps = 4;
const pages = 150;

/** A window of the agent that looks at people. */
class PeopleWindow {
  private readonly port = new MemoryClientPort();
  private lastId = 0;
  private known = 0;

  constructor(agent: Agent) {
    agent.connect(this.port);
    this.port.onSent((message) => {
      if (!('event' in message) || message.event !== 'people.changed') return;
      this.known = (message.payload as { total: number }).total;
    });
  }

  async ask<N extends CommandName>(command: N, args: CommandInput<N>): Promise<CommandResult<N>> {
    // Each message of a window comes in a turn of its own.
    await setImmediate();
    const id = (this.lastId += 1);
    this.port.say({ id, command, args });
    const reply = await this.port.reply(id);
    // What a window was told does not stay in the agent.
    this.port.sent.length = 0;
    if ('error' in reply) throw new Error(`${command}: ${reply.error.code} ${reply.error.detail}`);
    return ('result' in reply ? reply.result : null) as CommandResult<N>;
  }

  /** Resolves when it is told that there are so many people. */
  total(least: number): Promise<void> {
    if (this.known >= least) return Promise.resolve();
    return new Promise((resolve) => {
      const listening = this.port.onSent(() => {
        if (this.known < least) return;
        listening.dispose();
        resolve();
      });
    });
  }
}

async function scroll(window: PeopleWindow): Promise<void> {
  for (let page = 0; page < pages; page += 1) {
    const { rows } = await window.ask('people.list', { offset: page * 200, limit: 200 });
    const number = rows.find((row) => row.number !== null)?.number?.dial;
    if (number !== undefined) await window.ask('people.card', { number });
  }
}

async function search(window: PeopleWindow): Promise<void> {
  for (const text of peopleSearchTexts)
    for (let length = 1; length <= text.length; length += 1)
      await window.ask('people.list', { text: text.slice(0, length), offset: 0, limit: 50 });
}

/** Each contact that is saved has everybody merged anew, and an image take the place of the one before. */
async function swap(window: PeopleWindow, total: number): Promise<void> {
  for (let count = 1; count <= swaps; count += 1) {
    const swapped = window.total(total + count);
    const numbers = [{ text: `+7 916 000-00-0${count}`, label: 'mobile' as const }];
    await window.ask('people.save', { handle: null, contact: { name: `Новенький ${count}`, numbers } });
    await swapped;
  }
}

/** ms of CPU of the longest turn of an agent with everybody in its database, while images are swapped and people looked at. */
export async function longestTurn(agent: Agent): Promise<number> {
  const window = new PeopleWindow(agent);
  const meter = new TurnMeter();
  // As in the window's life: the agent has long been up when somebody looks.
  await window.total(1);
  await window.ask('directories.list', {});
  const { total } = await window.ask('people.list', { offset: 0, limit: 1 });
  meter.start();
  await Promise.all([scroll(window), search(window), swap(window, total)]);
  return meter.stop();
}
