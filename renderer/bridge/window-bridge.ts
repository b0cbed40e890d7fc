import type { AgentBridge } from '#contract/ipc/index.ts';

/** The bridge as the window starts it: an AgentBridge that may also learn that its session is not wanted any more. */
export interface WindowBridge extends AgentBridge {
  /** The shell refused this window: its session has ended, and only opening Offhook again helps. */
  onRefused(listener: () => void): () => void;
  start(): void;
}
