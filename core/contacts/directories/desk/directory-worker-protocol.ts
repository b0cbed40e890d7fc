import type { ErrorReport } from '#contract/errors.ts';
import type { DirectoryConfig, DirectoryPreview } from '#contract/ipc/index.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import type { RefreshResult } from '../intake/refresh-entries.ts';

/** What the worker is started with; what is secret comes in the request alone. */
export interface DirectoryWorkerData {
  /** Path of the agent's database. */
  database: string;
  /** Of all threads that write; see `WritePace`. */
  pace?: SharedArrayBuffer | undefined;
}

/** How to reach a server: by the proxy that the shell found, directly (null), or as the environment's variables say. */
export type ProxyChoice = { kind: 'address'; address: string | null } | { kind: 'environment' };

interface SourceRequest {
  config: DirectoryConfig;
  secret: string | null;
  rules: NumberRules;
  proxy: ProxyChoice;
  outlookHelper: readonly string[] | null;
}

/** Works on directories, by name. */
export interface DirectoryJobs {
  refresh: { request: SourceRequest & { directoryId: string; cursor: string | null }; result: RefreshResult };
  preview: { request: SourceRequest; result: DirectoryPreview };
  /** Into the user's own contacts. */
  import: { request: SourceRequest; result: RefreshResult };
  /** Gives how many entries changed. */
  renumber: { request: { directoryId: string; rules: NumberRules }; result: number };
  /** Gives how many entries are gone. */
  remove: { request: { directoryId: string }; result: number };
}
export type DirectoryJobName = keyof DirectoryJobs;

export type DirectoryWorkerRequest =
  { [N in DirectoryJobName]: { kind: N; request: DirectoryJobs[N]['request'] } }[DirectoryJobName] | { kind: 'abort' };

/** The last one has the result, or the error. */
export type DirectoryWorkerReply =
  | { progress: { done: number; total: number | null } }
  | { secret: string }
  | { result: DirectoryJobs[DirectoryJobName]['result'] }
  | { error: ErrorReport };
