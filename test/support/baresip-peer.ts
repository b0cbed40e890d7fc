import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { soundFolder, writeBaresipConfig, type BaresipOptions } from './baresip-config.ts';
import { BaresipControl, type BaresipEvent } from './baresip-control.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess } from './managed-process.ts';
import { NamespaceBridge } from './namespace-bridge.ts';
import type { Actor } from './stage.ts';
import { isTone, soundLevel } from './tone.ts';
import { pause, until, within } from './until.ts';
import { readWav } from './wav.ts';

/** baresip, a SIP phone that nobody here wrote: speaks a tone, records what it hears, does as it is told. */
export class BaresipPeer implements Actor {
  readonly events: BaresipEvent[] = [];
  readonly address: string;
  private readonly options: BaresipOptions;
  private readonly listeners = new Set<(event: BaresipEvent) => void>();
  private process: ManagedProcess | null = null;
  private control: BaresipControl | null = null;
  private bridge: NamespaceBridge | null = null;
  private port = 0;

  constructor(options: BaresipOptions) {
    this.options = options;
    this.address = options.host?.address ?? '127.0.0.1';
  }

  /** SIP over UDP and TCP; TLS is one above. */
  get sipPort(): number {
    return this.port;
  }

  /** Its SIP trace, as printed. */
  get trace(): string {
    return this.process?.lines.join('\n') ?? '';
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  async start(): Promise<void> {
    const { directory, host } = this.options;
    this.port = await freePort(204);
    const controlPort = this.port + 2;
    writeBaresipConfig(this.options, { address: this.address, sip: this.port, control: controlPort });
    this.process = new ManagedProcess({
      name: 'baresip',
      command: 'baresip',
      args: ['-f', directory, '-v', '-s'],
      directory,
      logFile: path.join(directory, 'baresip.log'),
      namespace: host?.namespace,
    });
    await this.process.line(/baresip is ready/);
    if (host) this.bridge = new NamespaceBridge({ directory, host, port: controlPort });
    await this.bridge?.start();
    this.control = await BaresipControl.connect(this.bridge ? { path: this.bridge.path } : { port: controlPort, host: this.address });
    this.control.onEvent((event) => {
      this.events.push(event);
      for (const listener of [...this.listeners]) listener(event);
    });
  }

  async stop(): Promise<void> {
    this.control?.close();
    this.control = null;
    await this.bridge?.stop();
    await this.process?.stop();
  }

  /** The first event of that type after `since` (an index into `events`), arrived already or to come. */
  async event(type: string, options: { since?: number; timeout?: number; param?: RegExp } = {}): Promise<BaresipEvent> {
    const fits = (event: BaresipEvent) => event.type === type && (options.param?.test(event.param ?? '') ?? true);
    const known = this.events.slice(options.since ?? 0).find(fits);
    if (known) return known;
    let listener = (_event: BaresipEvent) => {};
    const arrived = new Promise<BaresipEvent>((resolve) => {
      listener = (event) => fits(event) && resolve(event);
      this.listeners.add(listener);
    });
    const seen = () => this.events.map((event) => event.type).join(' ');
    try {
      return await within(options.timeout ?? 10_000, `baresip reports ${type}`, arrived);
    } catch (error) {
      throw new Error(`baresip did not report ${type}, only: ${seen()}`, { cause: error });
    } finally {
      this.listeners.delete(listener);
    }
  }

  async registered(timeout = 10_000): Promise<void> {
    // From its own report, because over UDP it may be registered before the control connection is there.
    await this.process?.line(/200 OK .*\[\d+ binding/, timeout);
  }

  /** Likewise from its trace: the refusal may come before the control connection, which repeats no event. */
  async refused(status: number, timeout = 10_000): Promise<void> {
    await this.process?.line(new RegExp(`SIP/2\\.0 ${status} `), timeout);
  }

  dial(target: string): Promise<string> {
    return this.command('dial', target);
  }

  accept(): Promise<string> {
    return this.command('accept');
  }

  hangUp(): Promise<string> {
    return this.command('hangup');
  }

  hold(): Promise<string> {
    return this.command('hold');
  }

  resume(): Promise<string> {
    return this.command('resume');
  }

  /** RFC 4733 events, one digit after another as a person presses them. */
  async sendDigits(digits: string): Promise<void> {
    for (const digit of digits) {
      await this.command('sndcode', digit);
      await pause(150);
      // Code 4 (EOT) is how baresip's menu is told that the key is up again.
      await this.command('sndcode', '\u0004');
      await pause(100);
    }
  }

  /** Digits that it was sent, in order. */
  get digits(): string {
    return this.events
      .filter((event) => event.type === 'CALL_DTMF_START')
      .map((event) => event.param)
      .join('');
  }

  command(command: string, params?: string): Promise<string> {
    if (!this.control) throw new Error('baresip has no control connection');
    return this.control.command(command, params);
  }

  /** Resolves once the last 400 ms heard are that tone. */
  async hears(frequency: number, timeout = 10_000): Promise<void> {
    await until(`baresip hears ${frequency} Hz`, () => {
      const sound = this.heard(400);
      return sound !== null && isTone(sound.samples, sound.rate, frequency);
    }, { timeout });
  }

  /** Resolves once a whole second passes in which nothing louder than −50 dBFS was heard. */
  async hearsNothing(timeout = 10_000): Promise<void> {
    await until('baresip hears nothing', async () => {
      const before = this.size();
      await pause(1000);
      const news = this.size() - before;
      const sound = this.heard(900);
      return news === 0 || (sound !== null && soundLevel(sound.samples) < -50);
    }, { timeout });
  }

  /** The last `milliseconds` decoded from the far end; null when there was no call yet. */
  heard(milliseconds: number): { samples: Float32Array; rate: number } | null {
    const file = this.recording();
    if (!file) return null;
    const { samples, rate } = readWav(file);
    return { samples: samples.subarray(Math.max(0, samples.length - (rate * milliseconds) / 1000)), rate };
  }

  private size(): number {
    const file = this.recording();
    return file ? statSync(file).size : 0;
  }

  private recording(): string | null {
    const files = readdirSync(this.sounds).filter((name) => name.endsWith('-dec.wav'));
    const newest = files.sort((a, b) => this.born(a) - this.born(b)).at(-1);
    return newest ? path.join(this.sounds, newest) : null;
  }

  private born(name: string): number {
    return statSync(path.join(this.sounds, name)).birthtimeMs;
  }

  private get sounds(): string {
    return soundFolder(this.options.directory);
  }
}
