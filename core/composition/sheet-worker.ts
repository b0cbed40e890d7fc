import os from 'node:os';
import { parentPort } from 'node:worker_threads';
import { serveSheets } from '#core/office/sheets/reading/serve-sheets.ts';

/** Entry of the thread that keeps the rows of customer sheets, which the agent starts when the first is opened. */
if (!parentPort) throw new Error('sheet-worker runs as a worker thread');
// Linux counts niceness by thread; elsewhere the whole agent would have to wait.
if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

serveSheets(parentPort);
