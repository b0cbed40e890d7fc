import { closeSync, openSync, writeSync } from 'node:fs';
import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { toReport } from '#contract/errors.ts';
import { toExportError } from './export-error.ts';
import type { ExportReply, ExportWorkerData } from './export-protocol.ts';
import { SqliteExportSource } from './sqlite-export-source.ts';
import { writeExport } from './write-export.ts';

/** Entry of a thread that reads calls or people and writes one file of them, so that nothing else waits for it. */
const port = parentPort;
if (!port) throw new Error('export-worker runs as a worker thread');

// Linux counts niceness by thread; elsewhere the whole agent would have to wait.
if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);

const reply = (message: ExportReply) => port.postMessage(message);

async function write({ database, file, order }: ExportWorkerData): Promise<number> {
  let bytes = 0;
  const source = await SqliteExportSource.open(database);
  const descriptor = openSync(file, 'wx', 0o600);
  const put = (chunk: Uint8Array) => {
    for (let at = 0; at < chunk.length;) at += writeSync(descriptor, chunk, at);
    bytes += chunk.length;
  };
  try {
    await writeExport(order, { calls: source, people: (which) => source.people(which) }, put, (count) =>
      reply({ count }),
    );
    return bytes;
  } finally {
    closeSync(descriptor);
    source.close();
  }
}

try {
  reply({ bytes: await write(workerData as ExportWorkerData) });
} catch (error) {
  reply({ error: toReport(toExportError(error)) });
}
