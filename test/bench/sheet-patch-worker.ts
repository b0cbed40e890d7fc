// Writes into a workbook as the agent's worker for sheets does, once it is told to.
import { randomUUID } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { systemClock } from '#core/foundation/index.ts';
import { FileWorkbookWriter } from '#core/office/sheets/file-workbook-writer.ts';
import type { RowChange, WorkbookTarget } from '#core/office/sheets/index.ts';

export interface PatchTask {
  keptFolder: string;
  target: WorkbookTarget;
  change: RowChange;
}

parentPort?.once('message', async ({ keptFolder, target, change }: PatchTask) => {
  const writer = new FileWorkbookWriter({ keptFolder, clock: systemClock, newId: randomUUID });
  parentPort?.postMessage(await writer.write(target, [change]));
});
parentPort?.postMessage('ready');
