import type { AgentMessage } from '#contract/ipc/index.ts';

/** Hz that the agent's synthetic endpoints speak. */
export const agentTone = 440;

/** What the test tells the agent's process. */
export type ToAgentProcess = { kind: 'client'; message: unknown } | { kind: 'stop' };

export interface HeardTone {
  callId: string;
  /** Hz. */
  frequency: number;
  /** dBFS. */
  level: number;
}

/** What the agent's process tells the test. */
export type FromAgentProcess =
  | { kind: 'ready' }
  | { kind: 'message'; message: AgentMessage }
  | { kind: 'tone'; tone: HeardTone };
