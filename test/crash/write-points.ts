import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { CallRecord } from '#contract/ipc/index.ts';
import { checkRecords } from './check-records.ts';
import type { CrashTally } from './crash-tally.ts';
import { damageOf } from './damage.ts';
import { untilWalGrows } from './grown-database.ts';
import { leaveJournal } from './left-journal.ts';
import { leaveOlderDatabase } from './older-database.ts';
import type { CrashPrograms } from './programs.ts';
import { readLog } from './read-log.ts';
import { runUntilWrite, traceWrites } from './traced-writer.ts';

/** Two threads write: the storage worker, and the one that keeps the journal. */
const fileSets = [
  ['offhook.sqlite', 'offhook.sqlite-wal', 'offhook.sqlite-shm', 'offhook.sqlite-journal'],
  ['call-log.journal'],
];
const olderCalls = 60;
const atOnce = 2;

/** What lies in the data directory at the start. Each gives the calls that have to stay. */
const beginnings = {
  'an empty directory': async () => [],
  'an older database': async (directory: string) => leaveOlderDatabase(directory, olderCalls),
  'a grown database': untilWalGrows,
  'a journal left behind': leaveJournal,
} satisfies Record<string, (directory: string, writer: string) => Promise<CallRecord[]>>;

export type Beginning = keyof typeof beginnings;
export const everyBeginning = Object.keys(beginnings) as Beginning[];

export interface WritePointsOptions {
  programs: CrashPrograms;
  folder: string;
  tally: CrashTally;
  beginnings: readonly Beginning[];
}

interface WritePoint {
  files: readonly string[];
  /** Of the system call. */
  name: string;
  nth: number;
}

/**
 * Runs one script of calls again and again, and kills it at its first write, at its second, and so on to the last.
 * A kill takes effect as the system call begins: what was written before is there, and nothing of what came after.
 */
export async function killAtWritePoints(options: WritePointsOptions): Promise<void> {
  for (const beginning of options.beginnings) {
    const seed = path.join(options.folder, 'seed');
    mkdirSync(seed, { recursive: true, mode: 0o700 });
    const left = await beginnings[beginning](seed, options.programs.writer);
    const known = left.filter((record) => record.endedAt !== null);
    const points = await findPoints(options, seed);
    console.error(`${beginning}: ${points.length} write points`);
    const queues = Array.from({ length: atOnce }, async (_, queue) => {
      const directory = path.join(options.folder, `data-${queue}`);
      for (let point = points.shift(); point; point = points.shift())
        await killAt(point, { ...options, directory, seed, known });
    });
    await Promise.all(queues);
    rmSync(seed, { recursive: true });
  }
}

/** Of the whole script, by letting it come to its end once for each set of files. */
async function findPoints({ programs, folder }: WritePointsOptions, seed: string): Promise<WritePoint[]> {
  const directory = path.join(folder, 'unharmed');
  const points: WritePoint[] = [];
  for (const files of fileSets) {
    cpSync(seed, directory, { recursive: true });
    const counts = new Map<string, number>();
    for (const name of await traceWrites({ writer: programs.writer, directory, files })) {
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      points.push({ files, name, nth });
    }
    rmSync(directory, { recursive: true });
  }
  return points;
}

interface Place extends WritePointsOptions {
  directory: string;
  seed: string;
  known: readonly CallRecord[];
}

async function killAt(
  { files, name, nth }: WritePoint,
  { programs, directory, seed, known, tally }: Place,
): Promise<void> {
  cpSync(seed, directory, { recursive: true });
  const { killed, ended } = await runUntilWrite({ writer: programs.writer, directory, files }, name, nth);
  const where = `${name} ${nth} of ${files[0]}`;
  // Threads take turns as they like: now and then a run has one write less than the one that was counted.
  if (killed) tally.killed(ended.length);
  else console.error(`${tally.title}: no ${where} this time`);
  const acknowledged = new Map([...known, ...ended].map((record) => [record.id, record]));
  tally.add(damageOf(directory), where);
  tally.add(
    checkRecords(await readLog(directory, programs.storageWorker), { acknowledged, witnessed: [] }, Infinity),
    where,
  );
  tally.add(damageOf(directory), where);
  tally.checks += 1;
  rmSync(directory, { recursive: true });
}
