import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { AudioRequest } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { AudioEndpoint, AudioEndpointReport } from '#core/media/index.ts';
import type { AgentBridge } from './agent-bridge.ts';
import type { ClientPort } from './client-port.ts';

/** Long enough for a person to read the browser's question about the microphone. */
const REPLY_LIMIT_MS = 60_000;
/** A WebRTC line cannot call without a window: one is opened, and this long is it waited for. */
const WINDOW_LIMIT_MS = 8_000;

export type ReplyOutcome = { sdp: string | null } | { error: ErrorReport };

interface PendingReply {
  owner: ClientPort;
  settle: (outcome: ReplyOutcome) => void;
  limit: Disposable;
}

/** The audio endpoint that lives in a window: the one last used owns the sound, the others mirror. */
export class WindowAudioEndpoint implements AudioEndpoint {
  private readonly bridge: AgentBridge;
  private readonly clock: Clock;
  private readonly openWindow: (() => void) | null;
  private readonly reports = new Emitter<AudioEndpointReport>();
  private readonly claimed = new Emitter<void>();
  private readonly pending = new Map<number, PendingReply>();
  /** Windows that can play sound, the one last used at the end. */
  private windows: ClientPort[] = [];
  private nextRequestId = 1;

  readonly onReport = this.reports.event;
  /** Another window owns the audio now: live calls connect to it. */
  readonly onClaimed = this.claimed.event;

  constructor(bridge: AgentBridge, clock: Clock, openWindow: (() => void) | null) {
    this.bridge = bridge;
    this.clock = clock;
    this.openWindow = openWindow;
    bridge.onClientClosed((client) => this.leave(client));
  }

  get owner(): ClientPort | null {
    return this.windows.at(-1) ?? null;
  }

  claim(client: ClientPort): void {
    const before = this.owner;
    this.windows = [...this.windows.filter((each) => each !== client), client];
    if (before === client) return;
    if (before) this.bridge.sendTo(before, 'audio.owner', { you: false });
    this.take(before);
  }

  /** A window's answer to a request; one that nobody waits for any more is dropped. */
  reply(client: ClientPort, requestId: number, outcome: ReplyOutcome): void {
    const pending = this.pending.get(requestId);
    if (pending?.owner === client) pending.settle(outcome);
  }

  report(client: ClientPort, report: AudioEndpointReport): void {
    if (client === this.owner) this.reports.fire(report);
  }

  async createOffer(callId: string, options: Parameters<AudioEndpoint['createOffer']>[1]): Promise<string> {
    if (options.leg === 'webrtc') await this.windowThere();
    return this.sdpOf({ kind: 'create-offer', callId, ...options });
  }

  async createAnswer(callId: string, offer: string, options: Parameters<AudioEndpoint['createAnswer']>[2]): Promise<string> {
    await this.windowThere();
    return this.sdpOf({ kind: 'create-answer', callId, leg: 'webrtc', sdp: offer, ...options });
  }

  async applyAnswer(callId: string, answer: string): Promise<void> {
    await this.request({ kind: 'apply-answer', callId, sdp: answer });
  }

  async rollback(callId: string): Promise<void> {
    await this.request({ kind: 'rollback', callId });
  }

  async sendDigits(callId: string, digits: string): Promise<void> {
    await this.request({ kind: 'send-digits', callId, digits });
  }

  setMuted(callId: string, muted: boolean): void {
    if (this.owner) this.bridge.sendTo(this.owner, 'audio.muted', { callId, muted });
  }

  setCodec(callId: string, codec: string): void {
    if (this.owner) this.bridge.sendTo(this.owner, 'audio.codec', { callId, codec });
  }

  close(callId: string): void {
    for (const window of this.windows) this.bridge.sendTo(window, 'audio.close', { callId });
  }

  private take(before: ClientPort | null): void {
    if (!this.owner) return;
    for (const pending of [...this.pending.values()]) {
      if (pending.owner === before) pending.settle({ error: { code: 'bridge.closed', values: {}, detail: null } });
    }
    this.bridge.sendTo(this.owner, 'audio.owner', { you: true });
    this.claimed.fire();
  }

  private leave(client: ClientPort): void {
    const wasOwner = this.owner === client;
    this.windows = this.windows.filter((each) => each !== client);
    for (const pending of [...this.pending.values()]) {
      if (pending.owner === client) pending.settle({ error: { code: 'bridge.closed', values: {}, detail: null } });
    }
    if (wasOwner) this.take(null);
  }

  private async windowThere(): Promise<void> {
    if (this.owner || !this.openWindow) return;
    this.openWindow();
    await new Promise<void>((resolve) => {
      const done = () => {
        claimed.dispose();
        limit.dispose();
        resolve();
      };
      const claimed = this.onClaimed(done);
      const limit = this.clock.after(WINDOW_LIMIT_MS, done);
    });
  }

  private async sdpOf(request: AudioRequest): Promise<string> {
    const sdp = await this.request(request);
    if (sdp === null) throw new OffhookError('audio.failed', { detail: `${request.kind}: no SDP came back` });
    return sdp;
  }

  private request(request: AudioRequest): Promise<string | null> {
    const { owner } = this;
    if (!owner) return Promise.reject(new OffhookError('audio.no-window'));
    const requestId = this.nextRequestId++;
    return new Promise((resolve, reject) => {
      const settle = (outcome: ReplyOutcome) => {
        this.pending.get(requestId)?.limit.dispose();
        if (!this.pending.delete(requestId)) return;
        if ('error' in outcome) reject(OffhookError.fromReport(outcome.error));
        else resolve(outcome.sdp);
      };
      const limit = this.clock.after(REPLY_LIMIT_MS, () =>
        settle({ error: { code: 'audio.failed', values: {}, detail: `${request.kind}: the window did not answer` } }),
      );
      this.pending.set(requestId, { owner, settle, limit });
      this.bridge.sendTo(owner, 'audio.request', { requestId, request });
    });
  }
}
