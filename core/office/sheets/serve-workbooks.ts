import { randomUUID } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import { toReport } from '#contract/errors.ts';
import { systemClock } from '#core/foundation/index.ts';
import { ExcelOpenWorkbooks } from './excel-open-workbooks.ts';
import { FileWorkbookWriter } from './file-workbook-writer.ts';
import { OpenWorkbookWriter } from './open-workbook-writer.ts';
import type {
  WorkbookWorkerData,
  WorkbookWorkerReply,
  WorkbookWorkerRequest,
  WritingAnswer,
  WritingName,
} from './workbook-worker-protocol.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

function writerFor({ keptFolder, helper }: WorkbookWorkerData): Required<WorkbookWriter> {
  const closed = new FileWorkbookWriter({ keptFolder, clock: systemClock, newId: randomUUID });
  return helper
    ? new OpenWorkbookWriter({ closed, open: new ExcelOpenWorkbooks(helper), clock: systemClock })
    : Object.assign(closed, { isOpenHere: async () => false });
}

/** Writes into workbooks for whoever has the other end of the port. */
export function serveWorkbooks(port: MessagePort, data: WorkbookWorkerData): void {
  const writer = writerFor(data);
  const answer = async ({ id, name, args }: WorkbookWorkerRequest): Promise<WorkbookWorkerReply> => {
    try {
      const run = writer[name].bind(writer) as (...given: readonly unknown[]) => Promise<WritingAnswer<WritingName>>;
      const done = await run(...args);
      const [target] = args;
      const file = typeof target === 'string' ? target : target.file;
      return { id, answer: done, file, last: writer.lastWrite(file) };
    } catch (error) {
      return { id, error: toReport(error) };
    }
  };
  port.on('message', (request: WorkbookWorkerRequest) => void answer(request).then((reply) => port.postMessage(reply)));
}
