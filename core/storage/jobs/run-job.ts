import os from 'node:os';
import type { SchemaPart } from '../database.ts';
import type { StorageJobName, StorageJobs } from '../storage-jobs.ts';
import { checkFile } from './check-file.ts';
import { inspectBackup, listBackups } from './inspect-backup.ts';
import { makeBackup } from './make-backup.ts';
import { salvage } from './salvage.ts';
import { unpackBackup } from './unpack-backup.ts';

export interface JobBench {
  /** The agent's database. */
  file: string;
  parts: readonly SchemaPart[];
  report: (progress: number) => void;
}

type Jobs = {
  [N in StorageJobName]: (
    request: StorageJobs[N]['request'],
    bench: JobBench,
  ) => StorageJobs[N]['result'] | Promise<StorageJobs[N]['result']>;
};

const jobs: Jobs = {
  check: (_request, { file }) => checkFile(file),
  backUp: makeBackup,
  inspect: ({ file, thorough }, { parts }) => inspectBackup(file, parts, thorough),
  list: ({ files }, { parts }) => listBackups(files, parts),
  unpack: unpackBackup,
  salvage: ({ copy }, bench) => salvage(copy, bench),
};

/** On Linux a nice value is the thread's own; elsewhere it would be the whole program's. */
function giveWay(): void {
  if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_LOW);
}

export async function runJob(name: StorageJobName, request: unknown, bench: JobBench): Promise<unknown> {
  giveWay();
  const job = jobs[name] as (request: unknown, bench: JobBench) => unknown;
  return await job(request, bench);
}
