import { readFileSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { callRecord, type CallRecord } from '#contract/ipc/index.ts';
import type { CallJournal } from './call-journal.ts';

// About 30,000 records; nobody calls so much before the disk is looked after.
const maximumBytes = 16 * 1024 * 1024;

function readLine(line: string): CallRecord | null {
  try {
    return callRecord.parse(JSON.parse(line));
  } catch {
    // The last line of a crash may be torn; its record was never acknowledged.
    return null;
  }
}

function readText(file: string): string {
  try {
    return statSync(file).size <= maximumBytes ? readFileSync(file, 'utf8') : '';
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return '';
    throw error;
  }
}

/** One JSON line a record in a file for the user alone, each written through to the disk. */
export class FileCallJournal implements CallJournal {
  private readonly file: string;
  private last: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.file = file;
  }

  load(): CallRecord[] {
    const records = new Map<string, CallRecord>();
    for (const line of readText(this.file).split('\n')) {
      const record = line === '' ? null : readLine(line);
      if (record) records.set(record.id, record);
    }
    return [...records.values()];
  }

  append(record: CallRecord): Promise<void> {
    return this.inTurn(async () => {
      const handle = await open(this.file, 'a', 0o600);
      try {
        // A torn line before this one must not swallow it.
        await handle.appendFile(`\n${JSON.stringify(record)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
  }

  clear(): Promise<void> {
    return this.inTurn(() => rm(this.file, { force: true }));
  }

  private inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.last.then(run, run);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
