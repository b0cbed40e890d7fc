import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock, type Event } from '#core/foundation/index.ts';
import { SilentAudioEndpoint } from '../testing/silent-audio-endpoint.ts';
import { RelayMediaLegFactory } from './relay-media-leg-factory.ts';

const once = <T>(event: Event<T>) =>
  new Promise<T>((resolve) => {
    const listening = event((value) => {
      listening.dispose();
      resolve(value);
    });
  });

const factories: RelayMediaLegFactory[] = [];
afterEach(() => Promise.all(factories.splice(0).map((factory) => factory.stop())));

function createFactory(workerEntry: URL): RelayMediaLegFactory {
  const factory = new RelayMediaLegFactory({
    workerEntry,
    audioEndpoint: new SilentAudioEndpoint(),
    clock: systemClock,
    logger: silentLogger,
    localAddresses: () => ['127.0.0.1'],
  });
  factories.push(factory);
  return factory;
}

const realWorker = new URL('./relay-worker.ts', import.meta.url);
const options = {
  security: 'rtp',
  localAddress: '127.0.0.1',
  codecs: ['PCMA'],
  stunServer: null,
  endpoint: 'synthetic',
} as const;

describe('a relay worker', () => {
  it('that dies ends its calls as lost, and is there again for the next', async () => {
    const factory = createFactory(realWorker);
    await factory.prepare();
    const leg = factory.create({ callId: 'a', ...options });
    const failed = once(leg.onFailed!);
    const worker = (factory as unknown as { client: { worker: { terminate(): Promise<number> } } }).client.worker;
    await worker.terminate();
    expect(await failed).toMatchObject({ code: 'call.media-lost' });
    leg.dispose();
    const [a, b] = [factory.create({ callId: 'b', ...options }), factory.create({ callId: 'c', ...options })];
    a.synthetic!.setTone(500);
    await a.applyAnswer(await b.createAnswer(await a.createOffer()));
    expect((await once(b.synthetic!.onTone)).frequency).toBeCloseTo(500, -1);
    a.dispose();
    b.dispose();
  });

  it('that cannot start is given up with an error, not waited for for ever', async () => {
    const factory = createFactory(new URL('data:text/javascript,throw new Error("broken")'));
    await expect(factory.prepare()).rejects.toMatchObject({ code: 'call.media-lost' });
  }, 10_000);

  it('binds ports on an address that nobody prepared, and says when it has none', async () => {
    const factory = createFactory(realWorker);
    await factory.prepare();
    const leg = factory.create({ callId: 'a', ...options, localAddress: '127.0.0.2' });
    expect(await leg.createOffer()).toContain('c=IN IP4 127.0.0.2');
    leg.dispose();
    const nowhere = factory.create({ callId: 'b', ...options, localAddress: '192.0.2.1' });
    await expect(nowhere.createOffer()).rejects.toMatchObject({ code: 'call.media-lost' });
    nowhere.dispose();
  });

  it('says that a window which cannot be reached is lost, and the call goes on', async () => {
    const factory = createFactory(realWorker);
    await factory.prepare();
    const leg = factory.create({ callId: 'a', ...options, endpoint: 'window' });
    const states: string[] = [];
    const lost = new Promise<void>((resolve) =>
      leg.onEndpointState((state) => (states.push(state), state === 'lost' && resolve())),
    );
    expect(await leg.createOffer()).toContain('m=audio');
    await lost;
    expect(states).toEqual(['connecting', 'lost']);
    leg.dispose();
  });
});
