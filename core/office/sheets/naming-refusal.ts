import path from 'node:path';
import type { RowOutcome } from './workbook-writer.ts';

/** What is refused of a row names the file, as every other failure does. */
export function namingRefusal(outcome: RowOutcome, file: string): RowOutcome {
  if (outcome.kind !== 'refused') return outcome;
  const { report } = outcome;
  return { ...outcome, report: { ...report, values: { file: path.basename(file), ...report.values } } };
}
