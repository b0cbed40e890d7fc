import { Worker } from 'node:worker_threads';
import { OffhookError } from '#contract/errors.ts';
import { Emitter, silentLogger, systemClock } from '#core/foundation/index.ts';
import type { AudioEndpoint, AudioEndpointReport, MediaLeg } from '#core/media/index.ts';
import { RelayMediaLegFactory } from '#core/media/relay/relay-media-leg-factory.ts';
import type { RigReply, RigRequest } from './relay-rig-messages.ts';

/** The process under measurement: an agent's media part with its relay worker, and no traffic of its own. */
const offers = new Map<string, string>();
const answers = new Map<string, (sdp: string) => void>();

class RiggedAudioEndpoint implements AudioEndpoint {
  readonly onReport = new Emitter<AudioEndpointReport>().event;

  async createOffer(callId: string): Promise<string> {
    const offer = offers.get(callId);
    if (!offer) throw new OffhookError('audio.no-window');
    return offer;
  }

  async createAnswer(): Promise<string> {
    throw new OffhookError('audio.no-window');
  }

  async applyAnswer(callId: string, answer: string): Promise<void> {
    answers.get(callId)?.(answer);
  }

  async rollback(): Promise<void> {}
  async sendDigits(): Promise<void> {}
  setMuted(): void {}
  setCodec(): void {}
  close(): void {}
}

const factory = new RelayMediaLegFactory({
  workerEntry: new URL('../../core/media/relay/relay-worker.ts', import.meta.url),
  audioEndpoint: new RiggedAudioEndpoint(),
  clock: systemClock,
  logger: silentLogger,
  localAddresses: () => ['127.0.0.1'],
});
const legs: MediaLeg[] = [];
const workers: Worker[] = [];

async function openCall({
  callId,
  windowOffer,
  farAnswer,
  security,
}: Extract<RigRequest, { kind: 'open' }>): Promise<RigReply> {
  offers.set(callId, windowOffer);
  const windowAnswer = new Promise<string>((resolve) => answers.set(callId, resolve));
  const leg = factory.create({
    callId,
    security,
    localAddress: '127.0.0.1',
    codecs: ['PCMA'],
    stunServer: null,
    endpoint: 'window',
  });
  legs.push(leg);
  const offer = await leg.createOffer();
  await leg.applyAnswer(farAnswer);
  return { kind: 'opened', callId, offer, windowAnswer: await windowAnswer };
}

function startWorker(file: string, workerData: unknown): Promise<unknown> {
  const worker = new Worker(new URL(file, import.meta.url), { workerData, execArgv: [] });
  workers.push(worker);
  return new Promise((resolve) => worker.once('message', resolve));
}

async function handle(request: RigRequest): Promise<RigReply> {
  if (request.kind === 'open') return openCall(request);
  if (request.kind === 'hop')
    return { kind: 'hop', port: (await startWorker('./bare-hop-worker.ts', request)) as number };
  if (request.kind === 'database') {
    await startWorker('./busy-database-worker.ts', request);
    return { kind: 'done' };
  }
  if (request.kind === 'cpu') return { kind: 'cpu', microseconds: process.cpuUsage().user + process.cpuUsage().system };
  for (const leg of legs) leg.dispose();
  await Promise.all([factory.stop(), ...workers.map((worker) => worker.terminate())]);
  return { kind: 'done' };
}

process.on('message', (request: RigRequest) => {
  void handle(request).then((reply) => {
    process.send!({ id: request.id, reply });
    if (request.kind === 'stop') process.disconnect();
  });
});
await factory.prepare();
process.send!({ id: 0, reply: { kind: 'done' } });
