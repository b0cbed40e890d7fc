import path from 'node:path';
import type { DemoAccount } from '#web/messages.ts';
import { thisMachine } from '#web/browser.ts';
import { WindowLauncher } from '#web/window.ts';
import { fail, say } from '../prepare/words.mjs';
import { AgentHost } from './agent-host.ts';
import { attachTo } from './attach.ts';
import { ExchangeHost } from './exchange-host.ts';
import { endWithParent, onTermination } from './ending.ts';
import { freePort, isFree } from './free-port.ts';
import { sentence, standing } from './sentences.ts';
import { StartMemory } from './start-memory.ts';
import { sayTestCall } from './test-call.ts';
import { sayWithoutExchange, unwritable } from './unwritable.ts';

/** ms that a printed address is good for: a person opens it. */
const printedLifetime = 10 * 60_000;
/** ms for an address that a program opens at once. */
const openedLifetime = 60_000;

/** `npm start` in the web shell: exchange, agent and window as processes of their own, until Ctrl-C. */
export class Start {
  private readonly directory: string;
  private readonly version: string;
  private readonly started: number;
  private readonly hidden: boolean;
  private readonly exchange: ExchangeHost;
  private readonly window: WindowLauncher;
  private agent: AgentHost | null = null;
  private readonly memory: StartMemory;
  private ending = false;
  private announced = false;

  /**
   * @param options.started performance.now() of the command's begin
   * @param options.hidden no window is opened before a call, or a second start, wants one
   */
  constructor(options: { directory: string; version: string; started: number; hidden: boolean }) {
    this.directory = options.directory;
    this.version = options.version;
    this.started = options.started;
    this.hidden = options.hidden;
    this.memory = new StartMemory(path.join(this.directory, 'start.json'));
    this.exchange = new ExchangeHost(this.directory);
    this.window = new WindowLauncher({
      machine: thisMachine(),
      dataDirectory: this.directory,
      onProcess: (pid) => this.windowChanged(pid),
    });
  }

  run(): void {
    onTermination((again) => (again ? this.kill() : void this.end(0)));
    endWithParent(() => void this.end(0));
    this.startAgent().catch((error: unknown) => this.giveUp(error));
  }

  private async startAgent(): Promise<void> {
    this.agent = new AgentHost({
      dataDirectory: this.directory,
      version: this.version,
      port: await this.webPort(),
      onOwned: () => this.startExchange(),
      onOccupied: (info) => void this.attachInstead(info),
      onReady: () => void this.ready().catch((error: unknown) => this.noWindow(error)),
      onProblems: (problems) => problems.forEach((problem) => console.log(`! ${standing(problem)}`)),
      onRegistered: () => this.registered(),
      onTestCall: (outcome) => void (sayTestCall(outcome) && this.memory.remember({ testCallDone: true })),
      openWindow: (screen) => this.openWindow(screen),
      onFailed: (error) => {
        say(`Offhook не запустился: ${sentence(error)}.`, `Offhook did not start: ${sentence(error)}.`);
        void this.end(1);
      },
      onDied: (again) => this.agentDied(again),
      now: () => performance.now(),
    });
    this.agent.start();
  }

  /** The same port each time: the browser's permission to use the microphone goes by address. */
  private async webPort(): Promise<number> {
    const forced = process.env.OFFHOOK_PORT;
    if (forced === undefined) return await freePort(this.memory.webPort ?? 0);
    const port = Number(forced);
    if (await isFree(port)) return port;
    return fail(
      `Порт ${forced} из OFFHOOK_PORT занят: задайте другой или уберите переменную.`,
      `Port ${forced} of OFFHOOK_PORT is taken: name another, or unset it.`,
    );
  }

  private async startExchange(): Promise<DemoAccount | null> {
    try {
      return await this.exchange.start();
    } catch (error) {
      if (unwritable(error)) sayWithoutExchange(error);
      else this.giveUp(error);
      return null;
    }
  }

  private async ready(): Promise<void> {
    if (!this.agent) return;
    this.memory.remember({ webPort: this.agent.webPort });
    if (this.announced) return;
    this.announced = true;
    const milliseconds = Math.round(performance.now() - this.started);
    say(`Offhook ${this.version} запущен за ${milliseconds} мс.`, `Offhook ${this.version} started in ${milliseconds} ms.`);
    if (!this.memory.testCallDone && this.exchange.isRunning) this.agent.send({ kind: 'test-call' });
    if (this.hidden) return;
    if (await this.openWindow(null)) say('Окно открыто. Ctrl-C — выход.', 'The window is open. Ctrl-C ends.');
    else {
      const address = await this.agent.address(printedLifetime);
      say(`Откройте в браузере: ${address}`, `Open in a browser: ${address}`);
      say('(один раз, в течение 10 минут; новый адрес даст ещё один npm start). Ctrl-C — выход.', '(once, within 10 minutes; another npm start gives a new one). Ctrl-C ends.');
    }
  }

  /** The phone goes on: another start opens a window or prints an address. */
  private noWindow(error: unknown): void {
    const cause = error instanceof Error ? error.message : String(error);
    say(`Окно не открылось: ${cause}. Откройте его ещё одним npm start.`, `The window did not open: ${cause}. Another npm start opens it.`);
  }

  private registered(): void {
    const milliseconds = Math.round(performance.now() - this.started);
    say(`Линия зарегистрирована (${milliseconds} мс от начала).`, `The line is registered (${milliseconds} ms from the start).`);
  }

  private async openWindow(screen: Record<string, string> | null): Promise<boolean> {
    if (this.ending || !this.agent) return false;
    return await this.window.open(await this.agent.address(openedLifetime), screen);
  }

  private windowChanged(pid: number | null): void {
    this.agent?.send({ kind: 'window-process', pid });
    if (pid === null && !this.ending && this.announced) {
      say(
        'Окно закрыто, звонки по-прежнему принимаются: npm start в другом терминале откроет его снова, Ctrl-C — выход.',
        'The window is closed, calls still come in: npm start in another terminal opens it again, Ctrl-C ends.',
      );
    }
  }

  /** Somebody else started at the same moment and was first. */
  private async attachInstead(info: Record<string, unknown> | null): Promise<void> {
    if (this.hidden) return await this.end(0);
    const attached = info && (await attachTo(info));
    if (attached?.opened) say('Offhook уже запущен: окно открыто.', 'Offhook is running already: its window is open.');
    else say(`Offhook уже запущен. Откройте: ${attached?.address ?? '—'}`, `Offhook is running already. Open: ${attached?.address ?? '—'}`);
    await this.end(attached ? 0 : 1);
  }

  private agentDied(again: boolean): void {
    if (again) {
      say('Агент неожиданно остановился; запускаю его снова. Причина — в logs/offhook.log каталога данных.', 'The agent ended unexpectedly; starting it again. The cause is in logs/offhook.log of the data directory.');
      return;
    }
    say('Агент останавливается раз за разом: смотрите logs/offhook.log в каталоге данных.', 'The agent ends again and again: see logs/offhook.log in the data directory.');
    void this.end(1);
  }

  private giveUp(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    say(`Offhook не запустился: ${text}.`, `Offhook did not start: ${text}.`);
    void this.end(1);
  }

  /** The agent first, while the exchange can still hear it un-register. */
  private async end(code: number): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    await Promise.all([this.window.close(), this.agent?.stop()]);
    await this.exchange.stop();
    process.exit(code);
  }

  private kill(): void {
    this.agent?.kill();
    this.exchange.kill();
    process.exit(1);
  }
}
