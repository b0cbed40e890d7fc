import path from 'node:path';
import { root } from '#build/root.ts';
import type { DemoAccount } from '#web/messages.ts';
import { russian, say, words } from '../prepare/words.mjs';
import { prepareExchange, PortTaken, type Exchange } from './exchange.ts';
import { Program } from './program.ts';

export type FromExchange = { kind: 'listening' } | { kind: 'failed'; reason: string; code: string | null };

const mostDeaths = 5;

/** The newcomer's exchange as a process: configured, started, started again when it dies. */
export class ExchangeHost {
  private readonly directory: string;
  private readonly quiet: boolean;
  private program: Program | null = null;
  private exchange: Exchange | null = null;
  private starting: Promise<DemoAccount> | null = null;
  private deaths = 0;

  /** @param options.quiet tells nobody where the exchange is */
  constructor(directory: string, options: { quiet: boolean } = { quiet: false }) {
    this.directory = directory;
    this.quiet = options.quiet;
  }

  get isRunning(): boolean {
    return this.exchange !== null;
  }

  get extensions(): DemoAccount[] {
    return this.exchange ? [this.exchange.demo, ...this.exchange.others] : [];
  }

  /** Resolves with the demo account when the exchange listens; it is started once, however often it is asked for. */
  start(): Promise<DemoAccount> {
    this.starting ??= this.startOnce().catch((error: unknown) => {
      // The next request tries again.
      this.starting = null;
      throw error;
    });
    return this.starting;
  }

  private async startOnce(): Promise<DemoAccount> {
    const exchange = await this.prepare();
    await this.listen(exchange);
    this.exchange = exchange;
    const { port } = exchange;
    if (this.quiet) return exchange.demo;
    say(
      `АТС Offhook: sip:127.0.0.1:${port} (эхо 600, меню 700), настройки и пароли: ${exchange.configurationFile}`,
      `Offhook's PBX: sip:127.0.0.1:${port} (echo 600, menu 700), its settings and passwords: ${exchange.configurationFile}`,
    );
    return exchange.demo;
  }

  private async prepare(): Promise<Exchange> {
    try {
      return await prepareExchange(this.directory, russian ? 'ru' : 'en');
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error;
      const text = words(
        `порт ${error.port} из OFFHOOK_PBX_SIP_PORT занят: задайте другой или уберите переменную`,
        `port ${error.port} of OFFHOOK_PBX_SIP_PORT is taken: name another, or unset it`,
      );
      throw new Error(text, { cause: error });
    }
  }

  private listen(exchange: Exchange): Promise<void> {
    return new Promise((resolve, reject) => {
      const program = new Program({
        file: path.join(root, 'dist', 'pbx.js'),
        parameters: [exchange.configurationFile, path.join(root, 'resources', 'prompts')],
        onMessage: (message) => {
          const told = message as FromExchange;
          if (told.kind === 'listening') resolve();
          else {
            // It stays to be told to stop; the next request starts another.
            void program.stop(2000);
            reject(Object.assign(new Error(told.reason), told.code === null ? {} : { code: told.code }));
          }
        },
        onLost: (code) => {
          reject(new Error(words(`АТС остановилась с кодом ${code}`, `the PBX ended with code ${code}`)));
          this.lost();
        },
      });
      this.program = program;
      program.start();
    });
  }

  private lost(): void {
    if (!this.exchange) return;
    this.deaths += 1;
    if (this.deaths >= mostDeaths) return say('АТС Offhook остановилась.', "Offhook's PBX has ended.");
    say('АТС Offhook неожиданно остановилась; запускаю её снова.', "Offhook's PBX ended unexpectedly; starting it again.");
    this.program?.start();
  }

  async stop(): Promise<void> {
    await this.program?.stop(2000);
  }

  kill(): void {
    this.program?.kill();
  }
}
