import type { ErrorReport } from '#contract/errors.ts';
import type { AccountInput } from '#contract/ipc/index.ts';

export interface DemoAccount {
  account: AccountInput;
  password: string;
  echo: string;
  menu: string;
}

export type SecretRequest =
  | { operation: 'get'; name: string }
  | { operation: 'set'; name: string; value: string }
  | { operation: 'delete'; name: string };

/** From the main process to the agent's utility process. `connect` brings a MessagePort. */
export type ToAgent =
  | { kind: 'start'; dataDirectory: string; version: string; demo: DemoAccount | null; keyStore: boolean }
  | { kind: 'connect' }
  | { kind: 'secret'; id: number; value: string | null; error: ErrorReport | null }
  | { kind: 'stop' };

export type FromAgent =
  | { kind: 'ready' }
  | { kind: 'occupied' }
  | { kind: 'failed'; error: ErrorReport }
  | { kind: 'secret'; id: number; request: SecretRequest }
  | { kind: 'open-window' };
