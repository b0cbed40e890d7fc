import { noVoices } from './call-voices.ts';
import type { CallVoices } from './call-voices.ts';
import { preferCodec } from './codec-preference.ts';
import { QualityReader } from './connection-quality.ts';
import type { AudioQuality } from '#contract/ipc/index.ts';
import type { PreparedConnection } from './prepared-connections.ts';

/** A WebRTC line needs candidates in its SDP; a prepared connection has them, another waits this long at most. */
const gatheringPatienceMilliseconds = 250;

export type ConnectionReport = 'connecting' | 'connected' | 'lost';
type Direction = 'sendrecv' | 'sendonly';

/** What the far end is heard through: an <audio> element, in tests a stand-in. */
export interface Output {
  play(stream: MediaStream): void;
  setMuted(muted: boolean): void;
  close(): void;
}

export interface CallConnectionOptions {
  prepared: PreparedConnection;
  leg: 'relay' | 'webrtc';
  output: Output;
  silence: () => MediaStreamTrack | null;
  setTimer: (callback: () => void, milliseconds: number) => unknown;
  onState: (state: ConnectionReport) => void;
  /** Told whenever one of them is another. */
  onVoices: (voices: CallVoices) => void;
}

const reports: Partial<Record<RTCPeerConnectionState, ConnectionReport>> = {
  connecting: 'connecting',
  connected: 'connected',
  disconnected: 'lost',
  failed: 'lost',
};

/** The peer connection of one call, and the way sound takes through it. */
export class CallConnection {
  readonly #options: CallConnectionOptions;
  readonly #connection: RTCPeerConnection;
  readonly #reader = new QualityReader();
  #transceiver: RTCRtpTransceiver | null;
  #track: MediaStreamTrack | null = null;
  #usedPreparedOffer = false;
  #codec: string | null = null;
  #open = true;
  #mutedByUser = false;
  #voices = noVoices;

  constructor(options: CallConnectionOptions) {
    this.#options = options;
    this.#connection = options.prepared.connection;
    this.#transceiver = options.prepared.transceiver;
    this.#connection.addEventListener('track', (event) => {
      const remote = event.streams[0] ?? new MediaStream([event.track]);
      options.output.play(remote);
      this.#tellVoices({ remote });
    });
    this.#connection.addEventListener('connectionstatechange', () => {
      const report = reports[this.#connection.connectionState];
      if (report && this.#open) options.onState(report);
    });
  }

  get state(): ConnectionReport {
    return reports[this.#connection.connectionState] ?? 'connecting';
  }

  async offer(direction: Direction): Promise<string> {
    const { prepared } = this.#options;
    await prepared.offered;
    if (this.#usedPreparedOffer || direction !== 'sendrecv') {
      if (this.#transceiver) this.#transceiver.direction = direction;
      await this.#connection.setLocalDescription(await this.#connection.createOffer());
    }
    this.#usedPreparedOffer = true;
    return this.#localDescription();
  }

  async answer(offer: string, direction: Direction): Promise<string> {
    await this.#options.prepared.offered;
    // An offer that meets our own unanswered one rolls ours back by itself (JSEP, RFC 8829 § 4.1.10.2).
    await this.#connection.setRemoteDescription({ type: 'offer', sdp: offer });
    this.#usedPreparedOffer = true;
    await this.#useTransceiverOfOffer(direction);
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    return this.#localDescription();
  }

  async applyAnswer(answer: string): Promise<void> {
    if (this.#connection.signalingState === 'stable') {
      if (this.#connection.remoteDescription?.sdp === answer) return;
      // An early answer (183) was followed by another one in the 200.
      await this.#connection.setLocalDescription(await this.#connection.createOffer());
    }
    await this.#connection.setRemoteDescription({ type: 'answer', sdp: answer });
    if (this.#codec) await this.setCodec(this.#codec);
  }

  async rollback(): Promise<void> {
    if (this.#connection.signalingState !== 'have-local-offer') return;
    await this.#connection.setLocalDescription({ type: 'rollback' });
  }

  /** Null sends silence: the call is then for listening only. */
  async setTrack(source: MediaStreamTrack | null): Promise<void> {
    const next = source ? source.clone() : this.#options.silence();
    const old = this.#track;
    this.#track = next;
    if (next) next.enabled = !this.#mutedByUser;
    if (this.#open) await this.#transceiver?.sender.replaceTrack(next);
    old?.stop();
    if (this.#open) this.#tellVoices({ microphone: next });
    else next?.stop();
  }

  /** Nothing of the microphone goes out; silence does. */
  setMuted(muted: boolean): void {
    this.#mutedByUser = muted;
    if (this.#track) this.#track.enabled = !muted;
  }

  setOutputMuted(muted: boolean): void {
    this.#options.output.setMuted(muted);
    if (this.#voices.heard === muted) this.#tellVoices({ heard: !muted });
  }

  async setCodec(name: string): Promise<void> {
    this.#codec = name;
    if (this.#transceiver) await preferCodec(this.#transceiver.sender, name);
  }

  get sender(): RTCRtpSender | null {
    return this.#transceiver?.sender ?? null;
  }

  async quality(): Promise<AudioQuality> {
    const stats = await this.#connection.getStats();
    return this.#reader.read([...stats.values()]);
  }

  close(): void {
    this.#open = false;
    this.#track?.stop();
    this.#options.output.close();
    this.#connection.close();
  }

  #tellVoices(change: Partial<CallVoices>): void {
    this.#voices = { ...this.#voices, ...change };
    this.#options.onVoices(this.#voices);
  }

  /** A remote offer is bound to a transceiver of its own (only addTrack's are reused); sound goes out through that one. */
  async #useTransceiverOfOffer(direction: Direction): Promise<void> {
    const bound = this.#connection.getTransceivers().find((transceiver) => transceiver.mid !== null);
    if (!bound) return;
    bound.direction = direction;
    if (bound === this.#transceiver) return;
    this.#transceiver = bound;
    await bound.sender.replaceTrack(this.#track);
  }

  async #localDescription(): Promise<string> {
    // The relay is ICE-lite and learns our address from our checks; a PBX must read it in the SDP.
    if (this.#options.leg === 'webrtc') {
      const patience = new Promise<void>((resolve) => this.#options.setTimer(resolve, gatheringPatienceMilliseconds));
      await Promise.race([this.#options.prepared.gathered, patience]);
    }
    return this.#connection.localDescription?.sdp ?? '';
  }
}
