import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { Emitter, silentLogger, systemClock, type Clock, type Event, type Logger } from '#core/foundation/index.ts';
import { createDtlsCertificate, type DtlsCertificate } from '#core/media/webrtc/index.ts';
import { RetransmittingPort } from '#core/sip/retransmission/index.ts';
import { SipTransportLayer, type SipListener, type SipProtocol } from '#core/sip/transports/index.ts';
import { createDirectory, type PbxConfiguration } from './directory/index.ts';
import { readPromptLibrary } from './media/prompt-library.ts';
import { LegMedia } from './media/leg-media.ts';
import { MemoryCallRecords, type CallRecords } from './records/index.ts';
import { FileCallRecords } from './records/file-call-records.ts';
import { Authenticator } from './sip/authenticator.ts';
import { CallOriginator } from './sip/call-originator.ts';
import { ClientTransactions } from './sip/client-transaction.ts';
import { DigestChallenge } from './sip/digest-challenge.ts';
import { Exchange } from './sip/exchange.ts';
import { GuessThrottle } from './sip/guess-throttle.ts';
import { DialogTable, type LegEnvironment } from './sip/leg-environment.ts';
import { Locations } from './sip/locations.ts';
import { OwnAddresses } from './sip/own-addresses.ts';
import { Registrar } from './sip/registrar.ts';

export interface PbxOptions {
  config: PbxConfiguration;
  /** Folder that relative paths of the configuration begin at; the working directory when absent. */
  folder?: string;
  /** Folder of the prompts; the repository's own when absent. */
  prompts?: string;
  logger?: Logger;
  clock?: Clock;
}

export interface PbxAddresses {
  /** Host that phones are to be told: the one listened to, or this computer's address when it listens to all. */
  sipHost: string;
  /** null: not offered. */
  udpPort: number | null;
  tcpPort: number | null;
  tlsPort: number | null;
  wsPort: number | null;
  wssPort: number | null;
}

export interface PbxState {
  registrations: number;
  calls: number;
  /** Malformed messages since the start, by cause. */
  malformed: ReadonlyMap<string, number>;
}

/** Offhook's own small exchange. */
export interface Pbx {
  readonly addresses: PbxAddresses;
  readonly records: CallRecords;
  readonly state: PbxState;
  /** A call is over and its record is made. */
  readonly onRecord: Event<string>;
  /** Ends calls with BYE, closes sockets, waits for the records; at most some 300 ms. */
  stop(): Promise<void>;
}

const ownPrompts = path.join(import.meta.dirname, '..', '..', 'resources', 'prompts');

/** A port that somebody else has. */
export class PortInUseError extends Error {
  readonly protocol: SipProtocol;
  readonly port: number;

  constructor(protocol: SipProtocol, port: number, cause: unknown) {
    super(`port ${port} (${protocol}) is used by another program`, { cause });
    this.name = 'PortInUseError';
    this.protocol = protocol;
    this.port = port;
  }
}

/** ms for BYEs to go out and be answered before sockets close. */
const farewell = 300;

/** Builds and starts a PBX. Rejects with a `PortInUseError`, or with the system's error. */
export async function createPbx(options: PbxOptions): Promise<Pbx> {
  const { config } = options;
  const clock = options.clock ?? systemClock;
  const logger = (options.logger ?? silentLogger).child('pbx');
  const folder = options.folder ?? process.cwd();
  const failed = (error: unknown) => logger.error('a message was not handled', { error });
  const layer = new SipTransportLayer({ clock, logger });
  const port = new RetransmittingPort(layer, { clock, onError: failed });
  const recorded = new Emitter<string>(failed);
  const records = announce(await openRecords(config, folder, logger), recorded);
  try {
    const certificate = await createDtlsCertificate();
    const listeners = await listenEverywhere(layer, config, folder);
    const parts = wire({ options, clock, logger, port, records, listeners, certificate });
    return run({ layer, port, listeners, records, recorded, clock, ...parts });
  } catch (error) {
    await records.close();
    port.dispose();
    layer.dispose();
    throw error;
  }
}

interface Ground {
  options: PbxOptions;
  clock: Clock;
  logger: Logger;
  port: RetransmittingPort;
  records: CallRecords;
  listeners: readonly SipListener[];
  certificate: DtlsCertificate;
}

interface Wired {
  addresses: OwnAddresses;
  transactions: ClientTransactions;
  locations: Locations;
  originator: CallOriginator;
  exchange: Exchange;
}

/** Everything between the sockets and the records. */
function wire({ options, clock, logger, port, records, listeners, certificate }: Ground): Wired {
  const { config } = options;
  const addresses = new OwnAddresses({ listeners, domains: config.domains, interfaces: () => networkInterfaces() });
  const createToken = () => randomBytes(12).toString('hex');
  const transactions = new ClientTransactions({ port, clock, createBranch: () => `z9hG4bK${createToken()}` });
  const locations = new Locations(clock);
  const dialogs = new DialogTable();
  const directory = createDirectory(config);
  const [first, last] = config.rtpPorts;
  const environment: LegEnvironment = {
    clock,
    logger,
    transactions,
    dialogs,
    createToken,
    addressFor: (flow) => addresses.of(flow),
    openMedia: (security, codecs, flow) =>
      LegMedia.open({ clock, security, codecs, certificate, address: addresses.of(flow).address, ports: { first, last } }),
    wayBack: (dialog) => locations.byContact(dialog.target)?.flow ?? null,
  };
  const digest = new DigestChallenge({ realm: config.realm, clock, secretOf: directory.secretOf, algorithms: config.digest });
  const authenticator = new Authenticator({ digest, throttle: new GuessThrottle(clock), logger });
  const isOwnDomain = (host: string) => addresses.isOwn(host);
  const originator = new CallOriginator({
    environment,
    authenticator,
    directory,
    locations,
    records,
    prompts: readPromptLibrary(options.prompts ?? ownPrompts),
    language: config.language,
    maximumCalls: config.maximumCalls,
    domain: config.domains[0] ?? null,
    isOwnDomain,
  });
  const registrar = new Registrar({ authenticator, locations, clock, logger, isOwnDomain, limits: config.registration });
  const exchange = new Exchange({ port, clock, logger, transactions, dialogs, registrar, originator, createToken });
  return { addresses, transactions, locations, originator, exchange };
}

interface Running extends Wired {
  layer: SipTransportLayer;
  port: RetransmittingPort;
  listeners: readonly SipListener[];
  records: CallRecords;
  recorded: Emitter<string>;
  clock: Clock;
}

function run({ layer, port, listeners, records, recorded, clock, ...wired }: Running): Pbx {
  const { addresses, transactions, locations, originator, exchange } = wired;
  const portOf = (protocol: SipProtocol) => listeners.find((listener) => listener.protocol === protocol)?.local.port ?? null;
  let stopped: Promise<void> | null = null;
  const stop = async () => {
    const hadCalls = originator.activeCalls > 0;
    originator.endAll();
    if (hadCalls) await new Promise<void>((resolve) => clock.after(farewell, resolve));
    for (const part of [exchange, transactions, port, recorded]) part.dispose();
    await layer.close();
    await records.close();
    layer.dispose();
  };
  return {
    addresses: {
      sipHost: addresses.host,
      udpPort: portOf('udp'),
      tcpPort: portOf('tcp'),
      tlsPort: portOf('tls'),
      wsPort: portOf('ws'),
      wssPort: portOf('wss'),
    },
    records,
    get state() {
      return { registrations: locations.size, calls: originator.activeCalls, malformed: layer.malformedCounts };
    },
    onRecord: recorded.event,
    stop: () => (stopped ??= stop()),
  };
}

function announce(records: CallRecords, recorded: Emitter<string>): CallRecords {
  return {
    append(record) {
      records.append(record);
      recorded.fire(record.id);
    },
    recent: (limit) => records.recent(limit),
    find: (id) => records.find(id),
    flush: () => records.flush(),
    close: () => records.close(),
  };
}

async function openRecords(config: PbxConfiguration, folder: string, logger: Logger): Promise<CallRecords> {
  return config.records === null ? new MemoryCallRecords() : FileCallRecords.open(path.resolve(folder, config.records), logger);
}

async function listenEverywhere(layer: SipTransportLayer, config: PbxConfiguration, folder: string): Promise<SipListener[]> {
  const { address, ...ports } = config.listen;
  const pem = config.certificate && {
    key: await readFile(path.resolve(folder, config.certificate.key), 'utf8'),
    cert: await readFile(path.resolve(folder, config.certificate.cert), 'utf8'),
  };
  const listeners: SipListener[] = [];
  for (const protocol of ['udp', 'tcp', 'tls', 'ws', 'wss'] as const) {
    let wanted = ports[protocol];
    if (wanted === null) continue;
    // One number for both, as phones expect, also where any free one was asked for.
    if (protocol === 'tcp' && wanted === 0 && ports.udp === 0) wanted = listeners[0]!.local.port;
    const certificate = protocol === 'tls' || protocol === 'wss' ? (pem ?? undefined) : undefined;
    try {
      listeners.push(await layer.listen({ protocol, address, port: wanted, certificate }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      // The free UDP port's number was taken for TCP: any other will do.
      if (wanted !== ports[protocol]) listeners.push(await layer.listen({ protocol, address, port: 0 }));
      else throw new PortInUseError(protocol, wanted, error);
    }
  }
  return listeners;
}
