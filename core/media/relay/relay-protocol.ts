import type { ErrorReport } from '#contract/errors.ts';
import type { AudioQuality } from '#contract/ipc/index.ts';
import type { NegotiatedAudio } from '../sdp/audio-negotiation.ts';

/** An RTP port pair that the relay holds bound. */
export interface ReservedPorts {
  id: number;
  address: string;
  port: number;
  rtcpPort: number;
}

/** What crosses from the agent to the relay's worker, by structured clone (buffers arrive as Uint8Array). */
export type ToRelay =
  | { kind: 'reserve'; address: string; count: number }
  | { kind: 'open'; legId: number; portsId: number; endpoint: 'window' | 'synthetic' }
  | { kind: 'negotiated'; legId: number; media: NegotiatedAudio }
  | { kind: 'gate'; legId: number; held: boolean; muted: boolean }
  | { kind: 'endpoint-offer'; legId: number; requestId: number; offer: string }
  | { kind: 'digits'; legId: number; requestId: number; digits: string }
  | { kind: 'tone'; legId: number; frequency: number | null }
  | { kind: 'close'; legId: number }
  | { kind: 'stop' };

/** What a leg hears of its call. */
export type LegReport =
  | { kind: 'endpoint-state'; legId: number; state: 'connected' | 'lost' }
  | { kind: 'remote-audio'; legId: number }
  | { kind: 'digit'; legId: number; digit: string }
  | { kind: 'quality'; legId: number; quality: AudioQuality }
  | { kind: 'tone'; legId: number; frequency: number; level: number; at: number }
  /** Once, at its end: packets and why datagrams were dropped. */
  | { kind: 'summary'; legId: number; counters: Record<string, number> };

export type FromRelay =
  | { kind: 'ready' }
  | { kind: 'reserved'; ports: ReservedPorts }
  | { kind: 'reserve-failed'; address: string; detail: string }
  | { kind: 'reply'; requestId: number; result: string | null }
  | { kind: 'refusal'; requestId: number; error: ErrorReport }
  | LegReport;
