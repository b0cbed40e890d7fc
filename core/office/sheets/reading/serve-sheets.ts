import type { MessagePort } from 'node:worker_threads';
import { toReport } from '#contract/errors.ts';
import { systemClock } from '#core/foundation/index.ts';
import { OpenTables } from './open-tables.ts';
import type { RowMark } from './sheet-reader.ts';
import type {
  AnswerOf,
  AskedOf,
  SheetQuestionName,
  SheetWorkerReply,
  SheetWorkerRequest,
} from './sheet-worker-protocol.ts';

/** Serves the rows of sheets to whoever has the other end of the port. */
export function serveSheets(port: MessagePort): void {
  const waiting = new Map<string, (marks: RowMark[]) => void>();
  const reply = (message: SheetWorkerReply) => port.postMessage(message);
  const tables = new OpenTables({
    clock: systemClock,
    marksOf: (sheetId) =>
      new Promise((resolve) => {
        waiting.set(sheetId, resolve);
        reply({ kind: 'marks', sheetId });
      }),
  });
  const answer = async (id: number, name: SheetQuestionName, asked: AskedOf<SheetQuestionName>) => {
    try {
      const ask = tables[name].bind(tables) as (
        asked: AskedOf<SheetQuestionName>,
      ) => Promise<AnswerOf<SheetQuestionName>>;
      reply({ kind: 'answer', id, answer: await ask(asked) });
    } catch (error) {
      reply({ kind: 'failure', id, error: toReport(error) });
    }
  };
  tables.onRead((news) => reply({ kind: 'read', news }));
  port.on('message', (request: SheetWorkerRequest) => {
    if (request.kind === 'ask') void answer(request.id, request.name, request.asked);
    else if (request.kind === 'written') tables.written(request.sheetId, request.rows);
    else if (request.kind === 'mark') tables.mark(request.sheetId, request.marks);
    else if (request.kind === 'lookAgain') tables.lookAgain(request.sheetId);
    else {
      waiting.get(request.sheetId)?.([...request.marks]);
      waiting.delete(request.sheetId);
    }
  });
}
