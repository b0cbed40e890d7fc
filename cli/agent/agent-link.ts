import net from 'node:net';
import type { Clock } from '#core/foundation/clock.ts';
import { CommandFailure } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import type { AgentStarter } from '../starting/agent-starter.ts';
import type { Words } from '../words/words.ts';
import type { FoundAgent } from './find-agent.ts';
import { LocalApiClient, type AgentAccess, type AgentClient } from './local-api-client.ts';

/** Whether, and how, Offhook is started for a command when it is not running. */
export type StartPolicy = 'no' | 'hidden' | 'window';

export interface Connection {
  client: AgentClient;
  /** It was not running before. */
  started: boolean;
}

/** The way of a command to the agent. */
export interface AgentLink {
  /** @throws CommandFailure with exit code 3 */
  connect(start: StartPolicy): Promise<Connection>;
}

export interface AgentLinkParts {
  find(): Promise<FoundAgent>;
  /** Null where nobody knows how to. */
  starter(): AgentStarter | null;
  words: Words;
  say(line: string): void;
  clock: Clock;
  /** Whether anybody listens there. */
  answers?(access: AgentAccess): Promise<boolean>;
}

const startPatience = 15_000;
/** An API that is switched off is announced by nobody; one that begins is, within this. */
const apiPatience = 3000;
const progressAfter = 1000;
const poll = 50;

function answersThere({ port }: AgentAccess): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

const pause = (clock: Clock, milliseconds: number) =>
  new Promise<void>((resolve) => clock.after(milliseconds, resolve));

/** Finds the agent of this user, and starts it when it is not there. */
export class AnnouncedAgentLink implements AgentLink {
  private readonly parts: AgentLinkParts;

  constructor(parts: AgentLinkParts) {
    this.parts = parts;
  }

  async connect(start: StartPolicy): Promise<Connection> {
    const { words, clock } = this.parts;
    // A crash leaves its announcement behind, and its process number may be another's by now.
    const access = await this.ready();
    if (access) return { client: new LocalApiClient(access), started: false };
    if ((await this.parts.find()).state === 'starting') {
      const late = await this.within(clock.monotonic() + apiPatience, () => false);
      if (!late) throw new CommandFailure(words.apiIsOff, exitCodes.notRunning);
      return { client: new LocalApiClient(late), started: false };
    }
    if (start === 'no') throw new CommandFailure(words.notRunning, exitCodes.notRunning);
    return { client: new LocalApiClient(await this.started(start === 'window')), started: true };
  }

  private async started(window: boolean): Promise<AgentAccess> {
    const { words, clock } = this.parts;
    const starter = this.parts.starter();
    if (!starter) throw new CommandFailure(words.cannotStart, exitCodes.notRunning);
    const ended: { code: number | null } = { code: null };
    const progress = clock.after(progressAfter, () => this.parts.say(words.starting));
    try {
      void starter.start({ window }).then((code) => (ended.code = code));
      const access = await this.within(clock.monotonic() + startPatience, () => (ended.code ?? 0) !== 0);
      if (access) return access;
    } finally {
      progress.dispose();
    }
    const running = (await this.parts.find()).state === 'starting';
    const sentence = ended.code
      ? words.startFailed(ended.code)
      : running
        ? words.apiIsOff
        : words.startTimedOut(startPatience / 1000);
    throw new CommandFailure(sentence, exitCodes.notRunning);
  }

  private async within(deadline: number, isHopeless: () => boolean): Promise<AgentAccess | null> {
    const { clock } = this.parts;
    while (clock.monotonic() < deadline) {
      const access = await this.ready();
      if (access) return access;
      if (isHopeless()) return null;
      await pause(clock, poll);
    }
    return null;
  }

  private async ready(): Promise<AgentAccess | null> {
    const found = await this.parts.find();
    if (found.state !== 'ready') return null;
    const answers = this.parts.answers ?? answersThere;
    return (await answers(found.access)) ? found.access : null;
  }
}
