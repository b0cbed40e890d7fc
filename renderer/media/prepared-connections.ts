export type ConnectionRole = 'offering' | 'answering';

/** A peer connection that gathers its candidates before any call needs them. */
export interface PreparedConnection {
  connection: RTCPeerConnection;
  /** Null in the answering role: the far end's offer brings the transceiver. */
  transceiver: RTCRtpTransceiver | null;
  /** Settles when the offer is set as local description; at once in the answering role. */
  offered: Promise<void>;
  /** Settles when gathering is complete, which with a dead STUN server takes ten seconds. */
  gathered: Promise<void>;
  preparedAt: number;
}

/** Addresses of a laptop change; an older preparation is thrown away. */
const freshMilliseconds = 5 * 60_000;

export interface PreparedConnectionsOptions {
  create: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** Made once: a key pair costs tens of milliseconds. */
  certificate: () => Promise<RTCCertificate | null>;
  now: () => number;
}

function keyOf(role: ConnectionRole, stunServer: string | null): string {
  return `${role} ${stunServer ?? ''}`;
}

/** One connection a role and a STUN server made ahead, so that neither dialling nor answering waits for candidates. */
export class PreparedConnections {
  readonly #options: PreparedConnectionsOptions;
  readonly #ready = new Map<string, Promise<PreparedConnection>>();

  constructor(options: PreparedConnectionsOptions) {
    this.#options = options;
  }

  /** @param webrtcStunServers those of the WebRTC lines, null for a line without one; the relay needs none */
  prepare(webrtcStunServers: Iterable<string | null>): void {
    const wanted = new Map<string, () => Promise<PreparedConnection>>();
    wanted.set(keyOf('offering', null), () => this.#make('offering', null));
    for (const server of webrtcStunServers) {
      for (const role of ['offering', 'answering'] as const) wanted.set(keyOf(role, server), () => this.#make(role, server));
    }
    for (const key of [...this.#ready.keys()]) if (!wanted.has(key)) this.#discard(key);
    for (const [key, make] of wanted) if (!this.#ready.has(key)) this.#ready.set(key, make());
  }

  /** Takes the prepared connection, and starts on the next. */
  async take(role: ConnectionRole, stunServer: string | null): Promise<PreparedConnection> {
    const key = keyOf(role, stunServer);
    const ready = this.#ready.get(key);
    if (!ready) return this.#make(role, stunServer);
    this.#ready.set(key, this.#make(role, stunServer));
    const prepared = await ready;
    if (this.#options.now() - prepared.preparedAt < freshMilliseconds) return prepared;
    prepared.connection.close();
    return this.#make(role, stunServer);
  }

  /** What was gathered is of no use: the network changed, or another window has the audio. */
  clear(): void {
    for (const key of [...this.#ready.keys()]) this.#discard(key);
  }

  #discard(key: string): void {
    const prepared = this.#ready.get(key);
    this.#ready.delete(key);
    void prepared?.then(({ connection }) => connection.close());
  }

  async #make(role: ConnectionRole, stunServer: string | null): Promise<PreparedConnection> {
    const certificate = await this.#options.certificate();
    const connection = this.#options.create({
      iceServers: stunServer ? [{ urls: stunServer }] : [],
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
      // An offer gathers by being set; before an answer, only the pool does.
      iceCandidatePoolSize: role === 'answering' ? 1 : 0,
      ...(certificate ? { certificates: [certificate] } : {}),
    });
    const gathered = new Promise<void>((resolve) => {
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') resolve();
      });
    });
    const preparedAt = this.#options.now();
    if (role === 'answering') return { connection, transceiver: null, offered: Promise.resolve(), gathered, preparedAt };
    const transceiver = connection.addTransceiver('audio', { direction: 'sendrecv' });
    const offered = connection.createOffer().then((offer) => connection.setLocalDescription(offer));
    return { connection, transceiver, offered, gathered, preparedAt };
  }
}
