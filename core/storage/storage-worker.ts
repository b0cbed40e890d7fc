import { parentPort, workerData } from 'node:worker_threads';
import { toReport, type ErrorReport } from '#contract/errors.ts';
import { runJob } from './jobs/run-job.ts';
import { SqliteFile } from './sqlite-file.ts';
import type { StorageReply, StorageRequest, StorageWorkerData } from './storage-protocol.ts';

const port = parentPort;
if (!port) throw new Error('storage-worker runs as a worker thread');

const { file, parts, readOnly } = workerData as StorageWorkerData;
const reply = (message: StorageReply) => port.postMessage(message);
const onProblem = (problem: ErrorReport | null) => reply({ problem });
const onReplaced = () => reply({ replaced: true });
const database = new SqliteFile({ file, parts, readOnly, now: Date.now, onProblem, onReplaced });

function carryOut(request: StorageRequest): unknown {
  switch (request.kind) {
    case 'query':
      return database.query(request.sql, request.values);
    case 'transaction':
      return database.transaction(request.statements);
    case 'replaceWith':
      return database.replaceWith(request.file);
    case 'condemn':
      return database.condemn(request.detail);
    case 'job':
      return runJob(request.name, request.request, {
        file,
        parts,
        report: (progress) => reply({ id: request.id, progress }),
      });
    case 'close':
      return database.close();
  }
}

const fail = (id: number, error: unknown) => reply({ id, error: toReport(error) });

port.on('message', (request: StorageRequest) => {
  try {
    const result = carryOut(request);
    if (result instanceof Promise)
      result.then(
        (value: unknown) => reply({ id: request.id, result: value }),
        (error: unknown) => fail(request.id, error),
      );
    else reply({ id: request.id, result });
  } catch (error) {
    fail(request.id, error);
  }
  if (request.kind === 'close') port.close();
});

if (!readOnly) {
  try {
    database.open();
  } catch (error) {
    reply({ problem: database.problem ?? toReport(error) });
  }
}
// Also when all is well: a worker before this one may have died with a problem.
reply({ problem: database.problem });
