import { rmSync } from 'node:fs';
import type { CallRecord } from '#contract/ipc/index.ts';
import { launchProgram, readReportFile, reportDescriptor } from './launch.ts';

/** Leaves what a program leaves that was killed while its disk was full: calls that wait in the journal. */
export async function leaveJournal(directory: string, writer: string): Promise<CallRecord[]> {
  const report = `${directory}.report`;
  await launchProgram(writer, [directory, 'keep', 'kept', String(reportDescriptor)], { report }).closed;
  const { ended } = readReportFile(report);
  rmSync(report);
  return ended;
}
