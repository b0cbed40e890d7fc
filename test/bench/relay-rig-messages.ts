/** From the load generator to the process under measurement. */
export type RigRequest = { id: number } & (
  | { kind: 'open'; callId: string; windowOffer: string; farAnswer: string; security: 'rtp' | 'srtp' }
  /** A bare UDP forwarder in a worker of its own: what arrives goes to `to`. */
  | { kind: 'hop'; to: number }
  | { kind: 'database' }
  | { kind: 'cpu' }
  | { kind: 'stop' }
);

export type RigReply =
  | { kind: 'opened'; callId: string; offer: string; windowAnswer: string }
  | { kind: 'hop'; port: number }
  | { kind: 'cpu'; microseconds: number }
  | { kind: 'done' };
