import { Worker } from 'node:worker_threads';
import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import { toDisposable, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { FromRelay, LegReport, ReservedPorts, ToRelay } from './relay-protocol.ts';

/** Port pairs kept bound ahead for each local address. */
const spare = 3;
/** Starts in a row that did not come to life before it is given up until the next call asks. */
const maximumFailures = 3;
/** ms. */
const restartDelay = 500;
const stopLimit = 1000;

/** What a leg gives to hear of its call. */
export interface LegListener {
  report(report: LegReport): void;
  failed(error: ErrorReport): void;
}

export interface RelayClientOptions {
  workerEntry: URL;
  clock: Clock;
  logger: Logger;
}

type Reply = { resolve: (result: string | null) => void; reject: (error: Error) => void };

/** The agent's end of the relay: keeps its worker alive, knows the ports that are bound ahead, carries messages. */
export class RelayClient {
  private readonly options: RelayClientOptions;
  private worker: Worker | null = null;
  private ready: PromiseWithResolvers<void> = Promise.withResolvers();
  private failures = 0;
  private stopped = false;
  private restarting: Disposable | null = null;
  private readonly ports = new Map<string, ReservedPorts[]>();
  private readonly waiting = new Map<string, PromiseWithResolvers<ReservedPorts>[]>();
  private readonly legs = new Map<number, LegListener>();
  private readonly replies = new Map<number, Reply>();
  private nextId = 1;

  constructor(options: RelayClientOptions) {
    this.options = options;
  }

  /** Resolves when the worker has its certificate and ports for each of the addresses. */
  async start(addresses: readonly string[]): Promise<void> {
    if (!this.worker) this.launch();
    await Promise.all([this.ready.promise, ...addresses.map((address) => this.fill(address))]);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.restarting?.dispose();
    const { worker } = this;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.post({ kind: 'stop' });
    const limit = this.options.clock.after(stopLimit, () => void worker.terminate());
    await ended;
    limit.dispose();
  }

  /** A bound pair: at once where one is spare, else when the worker has bound one. */
  takePorts(address: string): ReservedPorts | Promise<ReservedPorts> {
    if (this.stopped) return Promise.reject(gone());
    if (!this.worker && !this.restarting) this.launch();
    const found = this.ports.get(address)?.shift();
    this.reserve(address, found ? 1 : spare);
    return found ?? this.waitForPorts(address);
  }

  openLeg(portsId: number, endpoint: 'window' | 'synthetic', listener: LegListener): { legId: number } & Disposable {
    const legId = this.nextId++;
    this.legs.set(legId, listener);
    this.post({ kind: 'open', legId, portsId, endpoint });
    // The listener stays for the summary that comes last.
    const closing = toDisposable(() => this.post({ kind: 'close', legId }));
    return { legId, dispose: () => closing.dispose() };
  }

  post(message: ToRelay): void {
    this.worker?.postMessage(message);
  }

  request(
    message:
      { kind: 'endpoint-offer'; legId: number; offer: string } | { kind: 'digits'; legId: number; digits: string },
  ): Promise<string | null> {
    if (!this.worker) return Promise.reject(gone());
    const requestId = this.nextId++;
    return new Promise((resolve, reject) => {
      this.replies.set(requestId, { resolve, reject });
      this.post({ ...message, requestId });
    });
  }

  private launch(): void {
    const worker = new Worker(this.options.workerEntry, { execArgv: [], name: 'relay' });
    this.worker = worker;
    worker.on('message', (message: FromRelay) => this.receive(message));
    worker.on('error', (error) => this.options.logger.error('the media relay failed', { error: String(error) }));
    worker.once('exit', (code) => this.exited(worker, code));
  }

  private exited(worker: Worker, code: number): void {
    if (this.worker !== worker) return;
    this.worker = null;
    const addresses = [...this.ports.keys()];
    this.ports.clear();
    for (const reply of this.replies.values()) reply.reject(gone());
    this.replies.clear();
    const legs = [...this.legs.values()];
    this.legs.clear();
    if (this.stopped) return;
    this.startAnew(addresses, { code, calls: legs.length });
    for (const leg of legs) leg.failed({ code: 'call.media-lost', values: {}, detail: 'the media relay ended' });
  }

  private startAnew(addresses: string[], fields: { code: number; calls: number }): void {
    this.options.logger.error('the media relay ended', fields);
    if (this.failures++ < maximumFailures) {
      this.restarting = this.options.clock.after(restartDelay, () => this.restart(addresses));
      return;
    }
    this.ready.promise.catch(() => {});
    this.ready.reject(gone());
    this.ready = Promise.withResolvers();
    for (const address of this.waiting.keys()) this.reserveFailed(address, 'the media relay does not start');
  }

  private restart(addresses: string[]): void {
    this.restarting = null;
    this.launch();
    for (const address of new Set([...addresses, ...this.waiting.keys()])) this.reserve(address, spare);
  }

  private started(): void {
    this.failures = 0;
    this.ready.resolve();
  }

  private async fill(address: string): Promise<void> {
    if ((this.ports.get(address)?.length ?? 0) > 0) return;
    this.reserve(address, spare);
    const first = await this.waitForPorts(address);
    this.spareOf(address).unshift(first);
  }

  private reserve(address: string, count: number): void {
    this.spareOf(address);
    this.post({ kind: 'reserve', address, count });
  }

  private waitForPorts(address: string): Promise<ReservedPorts> {
    const waiting = Promise.withResolvers<ReservedPorts>();
    this.waiting.set(address, [...(this.waiting.get(address) ?? []), waiting]);
    return waiting.promise;
  }

  private spareOf(address: string): ReservedPorts[] {
    const list = this.ports.get(address) ?? [];
    this.ports.set(address, list);
    return list;
  }

  private receive(message: FromRelay): void {
    if (message.kind === 'ready') this.started();
    else if (message.kind === 'reserved') this.reserved(message.ports);
    else if (message.kind === 'reserve-failed') this.reserveFailed(message.address, message.detail);
    else if (message.kind === 'reply') this.settle(message.requestId)?.resolve(message.result);
    else if (message.kind === 'refusal') this.settle(message.requestId)?.reject(OffhookError.fromReport(message.error));
    else {
      this.legs.get(message.legId)?.report(message);
      if (message.kind === 'summary') this.legs.delete(message.legId);
    }
  }

  private reserved(ports: ReservedPorts): void {
    const waiting = this.waiting.get(ports.address)?.shift();
    if (waiting) waiting.resolve(ports);
    else this.spareOf(ports.address).push(ports);
  }

  private reserveFailed(address: string, detail: string): void {
    this.options.logger.warn('no RTP port could be bound', { address, detail });
    const error = new OffhookError('call.media-lost', { detail: `no RTP port on ${address}: ${detail}` });
    for (const waiting of this.waiting.get(address)?.splice(0) ?? []) waiting.reject(error);
  }

  private settle(requestId: number): Reply | undefined {
    const reply = this.replies.get(requestId);
    this.replies.delete(requestId);
    return reply;
  }
}

function gone(): OffhookError {
  return new OffhookError('call.media-lost', { detail: 'the media relay is not running' });
}
