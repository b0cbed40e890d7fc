import type { ErrorReport } from '#contract/errors.ts';
import type { AccountInput } from '#contract/ipc/index.ts';

export interface DemoAccount {
  account: AccountInput;
  password: string;
  echo: string;
  menu: string;
}

/** Times in ms after the INVITE. */
export type TestCallOutcome =
  | { kind: 'test-call'; answeredAfter: number; toneAfter: number }
  | { kind: 'test-call-failed'; error: ErrorReport };

export type SecretRequest =
  | { operation: 'get'; name: string }
  | { operation: 'set'; name: string; value: string }
  | { operation: 'delete'; name: string };

/** From the main process to the agent's utility process. `connect` brings a MessagePort. */
export type ToAgent =
  | { kind: 'start'; dataDirectory: string; version: string; demo: DemoAccount | null; keyStore: boolean; linkCommand: readonly string[] }
  | { kind: 'connect' }
  | { kind: 'secret'; id: number; value: string | null; error: ErrorReport | null }
  /** The answer to `proxy`: its address, null to go straight. */
  | { kind: 'proxy'; id: number; address: string | null; error: ErrorReport | null }
  /** The answer to `demo-wanted`. */
  | { kind: 'demo'; demo: DemoAccount | null }
  | { kind: 'test-call' }
  | { kind: 'stop' };

export type FromAgent =
  | { kind: 'ready' }
  | { kind: 'occupied' }
  | { kind: 'failed'; error: ErrorReport }
  | { kind: 'secret'; id: number; request: SecretRequest }
  /** By which proxy the system goes to the address. */
  | { kind: 'proxy'; id: number; url: string }
  | { kind: 'open-window' }
  | { kind: 'demo-wanted' }
  | TestCallOutcome;

/** From the main process to the program that started Electron, over Node's IPC pipe. */
export type ToStarter = { kind: 'demo-wanted' } | TestCallOutcome;

export interface FromStarter {
  kind: 'demo';
  demo: DemoAccount | null;
}
