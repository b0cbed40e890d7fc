export type ConnectionRole = 'offering' | 'answering';

/** A peer connection that gathers its candidates before any call needs them. */
export interface PreparedConnection {
  connection: RTCPeerConnection;
  /** Null in the answering role: the far end's offer brings the transceiver. */
  transceiver: RTCRtpTransceiver | null;
  /** Settles when the offer is set as local description; at once in the answering role. */
  offered: Promise<void>;
  /** Settles when the local description has what a far end needs: a dead STUN server is not waited for. */
  gathered: Promise<void>;
  preparedAt: number;
}

/** A NAT forgets a binding that nobody uses, and a laptop's addresses change. ms. */
const renewAfter = (stunServer: string | null) => (stunServer ? 60_000 : 5 * 60_000);
/** A page out of sight or asleep renews late; what is older than this is of no use. ms. */
const uselessAfter = (stunServer: string | null) => 2 * renewAfter(stunServer);
/** The next one is made when the offer of this one is out: making both at once delays the call. */
const refillDelayMilliseconds = 150;
/** Host candidates come within a few ms of each other. */
const quietMilliseconds = 40;

export interface PreparedConnectionsOptions {
  create: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** Made once: a key pair costs tens of milliseconds. */
  certificate: () => Promise<RTCCertificate | null>;
  now: () => number;
  setTimer: (callback: () => void, milliseconds: number) => unknown;
}

interface Entry {
  role: ConnectionRole;
  stunServer: string | null;
  /** Null from being taken until the next one is made. */
  prepared: Promise<PreparedConnection> | null;
  madeAt: number;
}

function keyOf(role: ConnectionRole, stunServer: string | null): string {
  return `${role} ${stunServer ?? ''}`;
}

/** One connection a role and a STUN server made ahead, so that neither dialling nor answering waits for candidates. */
export class PreparedConnections {
  readonly #options: PreparedConnectionsOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: PreparedConnectionsOptions) {
    this.#options = options;
  }

  /** @param webrtcStunServers those of the WebRTC lines, null for a line without one; the relay needs none */
  prepare(webrtcStunServers: Iterable<string | null>): void {
    const wanted = new Map<string, [ConnectionRole, string | null]>([[keyOf('offering', null), ['offering', null]]]);
    for (const server of webrtcStunServers) {
      for (const role of ['offering', 'answering'] as const) wanted.set(keyOf(role, server), [role, server]);
    }
    for (const key of [...this.#entries.keys()]) if (!wanted.has(key)) this.#discard(key);
    for (const [key, [role, stunServer]] of wanted) {
      if (this.#entries.has(key)) continue;
      const entry: Entry = { role, stunServer, prepared: null, madeAt: 0 };
      this.#entries.set(key, entry);
      this.#fill(entry);
    }
  }

  /** Takes the prepared connection; the next is begun once this one's call is on its way. */
  async take(role: ConnectionRole, stunServer: string | null): Promise<PreparedConnection> {
    const key = keyOf(role, stunServer);
    const entry = this.#entries.get(key);
    const ready = entry?.prepared;
    if (!entry || !ready) return this.#make(role, stunServer);
    entry.prepared = null;
    this.#options.setTimer(() => {
      if (this.#entries.get(key) === entry && !entry.prepared) this.#fill(entry);
    }, refillDelayMilliseconds);
    const prepared = await ready;
    if (this.#options.now() - prepared.preparedAt < uselessAfter(stunServer)) return prepared;
    prepared.connection.close();
    return this.#make(role, stunServer);
  }

  /** Makes anew what has grown old; call it every few seconds. */
  renew(): void {
    for (const entry of this.#entries.values()) {
      const old = entry.prepared;
      if (!old || this.#options.now() - entry.madeAt < renewAfter(entry.stunServer)) continue;
      this.#fill(entry);
      void old.then(({ connection }) => connection.close());
    }
  }

  /** What was gathered is of no use: the network changed, or another window has the audio. */
  clear(): void {
    for (const key of [...this.#entries.keys()]) this.#discard(key);
  }

  #fill(entry: Entry): void {
    entry.madeAt = this.#options.now();
    entry.prepared = this.#make(entry.role, entry.stunServer);
  }

  #discard(key: string): void {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    void entry?.prepared?.then(({ connection }) => connection.close());
  }

  async #make(role: ConnectionRole, stunServer: string | null): Promise<PreparedConnection> {
    const certificate = await this.#options.certificate();
    const connection = this.#options.create({
      iceServers: stunServer ? [{ urls: stunServer }] : [],
      // Not max-bundle: a PBX or peer that knows no BUNDLE must be able to answer, and its offer be answered (RFC 8829 § 4.1.1).
      bundlePolicy: 'balanced',
      rtcpMuxPolicy: 'require',
      // An offer gathers by being set; before an answer, only the pool does.
      iceCandidatePoolSize: role === 'answering' ? 1 : 0,
      ...(certificate ? { certificates: [certificate] } : {}),
    });
    const gathered = this.#gather(connection);
    const preparedAt = this.#options.now();
    if (role === 'answering') return { connection, transceiver: null, offered: Promise.resolve(), gathered, preparedAt };
    const transceiver = connection.addTransceiver('audio', { direction: 'sendrecv' });
    const offered = connection.createOffer().then((offer) => connection.setLocalDescription(offer));
    return { connection, transceiver, offered, gathered, preparedAt };
  }

  /** Settles at the end of gathering, or when no further candidate has come for a while. */
  #gather(connection: RTCPeerConnection): Promise<void> {
    return new Promise<void>((resolve) => {
      let seen = 0;
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') resolve();
      });
      connection.addEventListener('icecandidate', () => {
        const count = ++seen;
        this.#options.setTimer(() => {
          if (count === seen) resolve();
        }, quietMilliseconds);
      });
    });
  }
}
