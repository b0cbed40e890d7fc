import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { serveSheets } from '#core/office/sheets/reading/serve-sheets.ts';
import { serveWorkbooks } from '#core/office/sheets/serve-workbooks.ts';
import type { WorkbookWorkerData } from '#core/office/sheets/workbook-worker-protocol.ts';

/** Entry of the thread that keeps the rows of customer sheets, and of the one that writes into them. */
if (!parentPort) throw new Error('sheet-worker runs as a worker thread');
// Linux counts niceness by thread; elsewhere the whole agent would have to wait.
if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

const data = workerData as WorkbookWorkerData | null;
if (data?.role === 'writer') serveWorkbooks(parentPort, data);
else serveSheets(parentPort);
