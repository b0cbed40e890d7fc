import { FakeClock } from '#core/foundation/fake-clock.ts';
import type { LocalApiStandIn } from '#test/support/local-api-stand-in.ts';
import { LocalApiClient } from '../agent/local-api-client.ts';
import type { StartPolicy } from '../agent/agent-link.ts';
import { runCommand } from '../run-command.ts';
import { english } from '../words/english.ts';
import { russian } from '../words/russian.ts';
import { commands } from './index.ts';

export interface Ran {
  code: number;
  out: string[];
  said: string[];
}

/** The command line in this very process, against a stand-in of the API. */
export class CommandUnderTest {
  readonly clock = new FakeClock();
  readonly policies: StartPolicy[] = [];
  readonly out: string[] = [];
  readonly said: string[] = [];
  selected: string | null = '';
  released = 0;
  /** What a start would have found. */
  startsIt = false;
  private readonly api: LocalApiStandIn;

  constructor(api: LocalApiStandIn) {
    this.api = api;
  }

  async run(...parameters: string[]): Promise<Ran> {
    this.out.length = 0;
    this.said.length = 0;
    const code = await runCommand({
      parameters,
      commands,
      version: '1.2.3',
      language: 'en',
      words: { ru: russian, en: english },
      terminal: {
        print: (line) => void this.out.push(line),
        say: (line) => void this.said.push(line),
        bold: (text) => text,
      },
      context: (language) => ({
        terminal: {
          print: (line) => void this.out.push(line),
          say: (line) => void this.said.push(line),
          bold: (text) => text,
        },
        words: language === 'ru' ? russian : english,
        sentences: { of: ({ code }) => `sentence of ${code}` },
        agent: {
          connect: async (policy) => {
            this.policies.push(policy);
            return { client: new LocalApiClient(this.api), started: this.startsIt };
          },
        },
        selection: { read: async () => this.selected, released: async () => void (this.released += 1) },
        origins: { findOrigin: async () => ({ id: '/usr/bin/firefox', name: 'Firefox' }) },
        clock: this.clock,
      }),
    });
    return { code, out: [...this.out], said: [...this.said] };
  }
}
