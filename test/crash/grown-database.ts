import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CallRecord } from '#contract/ipc/index.ts';
import { pause } from '#test/support/until.ts';
import { launchProgram, readReportFile, reportDescriptor } from './launch.ts';

/** Bytes; a few commits more, and SQLite moves the log's 1000 pages into the database. */
const nearlyFull = 960 * 4120;

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Lets the writer work until its write-ahead log is about to be moved into the database, and kills it there. */
export async function untilWalGrows(directory: string, writer: string): Promise<CallRecord[]> {
  const report = `${directory}.report`;
  const { child, closed } = launchProgram(writer, [directory, 'endless', 'grown', String(reportDescriptor)], {
    report,
  });
  while (sizeOf(path.join(directory, 'offhook.sqlite-wal')) < nearlyFull && child.exitCode === null) await pause(1);
  child.kill('SIGKILL');
  await closed;
  const { ended } = readReportFile(report);
  rmSync(report);
  return ended;
}
