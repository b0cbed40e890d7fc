import type { ErrorReport } from '#contract/errors.ts';
import type { AccountInput } from '#contract/ipc/index.ts';

/** The demo account on Offhook's own PBX; travels over the pipe between processes only. */
export interface DemoAccount {
  account: AccountInput;
  password: string;
  echo: string;
  menu: string;
}

/** From the program that started the web shell's process (build/start.ts), over Node's IPC pipe. */
export type ToWebProcess =
  | {
      kind: 'start';
      dataDirectory: string;
      staticDirectory: string;
      version: string;
      /** Loopback port; 0 for any. */
      port: number;
      /** Session hashes of a process that died. */
      sessions: string[];
    }
  | { kind: 'demo'; demo: DemoAccount | null }
  | { kind: 'test-call' }
  | { kind: 'window-opened'; request: number; opened: boolean }
  /** Process of the window, so that it does not outlive us when the starter is killed. */
  | { kind: 'window-process'; pid: number | null }
  | { kind: 'ask-address'; request: number; lifetime: number }
  | { kind: 'stop' };

export type FromWebProcess =
  /** The data directory is ours; now the demo account is waited for. */
  | { kind: 'owned' }
  | { kind: 'occupied'; info: Record<string, unknown> | null }
  | { kind: 'ready'; port: number }
  /** What stands in the way once `ready` was told: a full disk, a spoilt file. */
  | { kind: 'problems'; problems: ErrorReport[] }
  | { kind: 'registered' }
  /** ms after the INVITE. */
  | { kind: 'test-call'; answeredAfter: number; toneAfter: number }
  | { kind: 'test-call-failed'; error: ErrorReport }
  /** A call rings and no window is there (screen null), or a second start asks for one on its screen. */
  | { kind: 'open-window'; request: number; screen: Record<string, string> | null }
  | { kind: 'address'; request: number; address: string }
  | { kind: 'demo-wanted' }
  | { kind: 'sessions'; hashes: string[] }
  | { kind: 'failed'; error: ErrorReport };
