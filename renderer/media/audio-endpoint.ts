import { OffhookError, toReport } from '#contract/errors.ts';
import type { AgentBridge, AudioQuality, AudioRequest, EventPayload } from '#contract/ipc/index.ts';
import { Listeners } from '#renderer/bridge/listeners.ts';
import { CallConnection } from './call-connection.ts';
import type { ConnectionReport, Output } from './call-connection.ts';
import type { CallVoices } from './call-voices.ts';
import { sendDigits } from './dtmf-sequence.ts';
import type { Microphone } from './microphone.ts';
import type { ConnectionRole, PreparedConnections } from './prepared-connections.ts';

type OpeningRequest = Extract<AudioRequest, { kind: 'create-offer' | 'create-answer' }>;

export interface AudioEndpointOptions {
  bridge: AgentBridge;
  microphone: Microphone;
  connections: PreparedConnections;
  createOutput: () => Output;
  silence: () => MediaStreamTrack | null;
  setTimer: (callback: () => void, milliseconds: number) => unknown;
}

/** The window's end of every call's audio, driven by the agent's `audio.*` events. */
export class AudioEndpoint {
  readonly #options: AudioEndpointOptions;
  readonly #calls = new Map<string, CallConnection>();
  readonly #muted = new Map<string, boolean>();
  readonly #voices = new Listeners<{ callId: string; voices: CallVoices | null }>();

  constructor(options: AudioEndpointOptions) {
    this.#options = options;
    const { bridge, microphone } = options;
    bridge.on('audio.request', (payload) => void this.#answer(payload));
    bridge.on('audio.codec', ({ callId, codec }) => void this.#setCodec(callId, codec));
    bridge.on('audio.muted', ({ callId, muted }) => this.setMuted(callId, muted));
    bridge.on('audio.close', ({ callId }) => {
      this.#end(callId);
      this.#muted.delete(callId);
    });
    bridge.on('audio.owner', ({ you }) => {
      if (!you) this.#closeAll();
    });
    bridge.onConnection((state) => {
      // The agent asks anew for every live call once the window has claimed the audio again.
      if (state === 'lost') this.#closeAll();
    });
    microphone.onTrack((track) => {
      for (const call of this.#calls.values()) call.setTrack(track).catch(() => null);
    });
  }

  /** The voices of a call, whenever they change: also to another connection of the same call. Null at the end of it here. */
  onVoices(listener: (change: { callId: string; voices: CallVoices | null }) => void): () => void {
    return this.#voices.add(listener);
  }

  /** Nothing of the microphone goes out to this call, whichever way its audio travels. */
  setMuted(callId: string, muted: boolean): void {
    this.#muted.set(callId, muted);
    this.#calls.get(callId)?.setMuted(muted);
  }

  /** A held call is not heard, whatever the far end still sends. */
  setOutputMuted(callId: string, muted: boolean): void {
    this.#calls.get(callId)?.setOutputMuted(muted);
  }

  /** Reads the quality of every call's audio once; call it every two seconds. */
  async reportQuality(): Promise<void> {
    for (const [callId, call] of this.#calls) {
      if (call.state !== 'connected') continue;
      this.#report(callId, 'connected', await call.quality());
    }
  }

  async #answer({ requestId, request }: EventPayload<'audio.request'>): Promise<void> {
    const { bridge } = this.#options;
    try {
      const sdp = await this.#perform(request);
      await bridge.call('audio.reply', { requestId, outcome: { sdp } });
    } catch (error) {
      // Which step, and the browser's own words: the agent's log and the call's ending have nothing else.
      const detail = `${request.kind}: ${String(error)}`;
      const expected = error instanceof OffhookError ? error : new OffhookError('audio.failed', { detail, cause: error });
      // The agent may be gone by now; it asks again when it is back.
      await bridge.call('audio.reply', { requestId, outcome: { error: toReport(expected) } }).catch(() => null);
    }
  }

  async #perform(request: AudioRequest): Promise<string | null> {
    switch (request.kind) {
      case 'create-offer': {
        if (request.fresh) this.#close(request.callId);
        const call = await this.#callFor(request, 'offering');
        return call.offer(request.direction);
      }
      case 'create-answer': {
        const call = await this.#callFor(request, 'answering');
        return call.answer(request.sdp, request.direction);
      }
      case 'apply-answer':
        await this.#known(request.callId).applyAnswer(request.sdp);
        return null;
      case 'rollback':
        await this.#known(request.callId).rollback();
        return null;
      case 'send-digits':
        await sendDigits(this.#known(request.callId).sender, request.digits, this.#options.setTimer);
        return null;
    }
  }

  #known(callId: string): CallConnection {
    const call = this.#calls.get(callId);
    if (!call) throw new OffhookError('call.unknown', { detail: 'no connection for this call' });
    return call;
  }

  async #callFor(request: OpeningRequest, role: ConnectionRole): Promise<CallConnection> {
    const { callId, leg, stunServer } = request;
    const known = this.#calls.get(callId);
    if (known) return known;
    const { connections, createOutput, silence, setTimer, microphone } = this.#options;
    const prepared = await connections.take(role, stunServer);
    const onState = (state: ConnectionReport) => this.#report(callId, state, null);
    const onVoices = (voices: CallVoices) => this.#voices.emit({ callId, voices });
    const call = new CallConnection({ prepared, leg, output: createOutput(), silence, setTimer, onState, onVoices });
    this.#calls.set(callId, call);
    call.setMuted(this.#muted.get(callId) ?? false);
    // Not awaited: the SDP does not depend on the track, and a turn of the browser's own would let the page draw first.
    call.setTrack(microphone.track).catch(() => null);
    // Asking a person for permission takes as long as it takes: the call goes on meanwhile, in silence.
    microphone.acquire().catch(() => null);
    return call;
  }

  async #setCodec(callId: string, codec: string): Promise<void> {
    await this.#calls.get(callId)?.setCodec(codec);
  }

  #report(callId: string, state: ConnectionReport, quality: AudioQuality | null): void {
    // Lost with the connection to the agent, a report is of no use any more.
    this.#options.bridge.call('audio.report', { callId, state, quality }).catch(() => null);
  }

  #close(callId: string): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    this.#calls.delete(callId);
    call.close();
    this.#options.microphone.release();
  }

  #end(callId: string): void {
    this.#close(callId);
    this.#voices.emit({ callId, voices: null });
  }

  #closeAll(): void {
    for (const callId of [...this.#calls.keys()]) this.#end(callId);
  }
}
