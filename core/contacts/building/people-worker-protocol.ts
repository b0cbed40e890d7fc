import type { ErrorReport } from '#contract/errors.ts';
import type { BuildingMode } from './people-builder.ts';

/** What the worker is started with. */
export interface PeopleWorkerData {
  /** Path of the agent's database. */
  database: string;
  mode: BuildingMode;
  /** Of all threads that write; see `WritePace`. */
  pace?: SharedArrayBuffer | undefined;
  /** Of the image to be made. */
  version: number;
}

/** `cut`: what is not written yet is left to the next time. */
export type PeopleWorkerRequest = 'cut';

/** The last one says how many rows were written, or what went wrong. */
export type PeopleWorkerReply = { image: SharedArrayBuffer } | { written: number } | { error: ErrorReport };
