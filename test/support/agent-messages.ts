import type { AgentMessage } from '#contract/ipc/index.ts';
import type { CodecName } from '#core/media/index.ts';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';

/** Hz that the agent's synthetic endpoints speak. */
export const agentTone = 440;

/** How the agent's process is set up, as JSON in its first argument. */
export interface AgentSetup {
  dataDirectory: string;
  /** `window` leaves sound to whatever window claims it. */
  audio: 'window' | 'synthetic';
  /** Built renderer to serve windows from; null for none. */
  staticDirectory: string | null;
  logLevel: 'debug' | 'warn';
  /** All that it may negotiate; the product's own list when null. A synthetic endpoint speaks opus only by itself. */
  codecs: CodecName[] | null;
  /** Has the local API listen, on any free port. */
  localApi: boolean;
  /** Built pane for Excel and Outlook, to be served by the local API; null for none. */
  paneDirectory: string | null;
}

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
  /** `address` is a window's, with a ticket for one use. */
  | { kind: 'ready'; address: string | null; api: LocalApiAccess | null }
  /** A command is about to run in the agent. @property at ns of CLOCK_MONOTONIC, which all processes share */
  | { kind: 'began'; id: number; at: string }
  | { kind: 'message'; message: AgentMessage }
  | { kind: 'tone'; tone: HeardTone };
