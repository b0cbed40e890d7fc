import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs';
import { appendFile, open, rename, rm } from 'node:fs/promises';
import { callRecord, type CallRecord } from '#contract/ipc/index.ts';
import type { CallJournal } from './call-journal.ts';

// About 100,000 lines: more than the calls that are kept in memory have.
const maximumBytes = 64 * 1024 * 1024;

function readLine(line: string): CallRecord | null {
  try {
    return callRecord.parse(JSON.parse(line));
  } catch {
    // The last line of a crash may be torn; its record was never acknowledged.
    return null;
  }
}

/** Whole, as JSON, and yet no record: written by another program or another version, and not to be lost. */
function isForeign(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'id' in value;
  } catch {
    return false;
  }
}

function readText(file: string): string {
  try {
    if (statSync(file).size <= maximumBytes) return readFileSync(file, 'utf8');
    renameSync(file, `${file}.too-large`);
    return '';
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return '';
    throw error;
  }
}

async function writeThrough(file: string, how: 'a' | 'w', text: string): Promise<void> {
  const handle = await open(file, how, 0o600);
  try {
    await handle.appendFile(text);
    await handle.sync();
  } finally {
    await handle.close();
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
      else if (isForeign(line)) this.setAside(line);
    }
    return [...records.values()];
  }

  append(record: CallRecord): Promise<void> {
    // A torn line before this one must not swallow it.
    return this.inTurn(() => writeThrough(this.file, 'a', `\n${JSON.stringify(record)}\n`));
  }

  clear(): Promise<void> {
    return this.inTurn(() => rm(this.file, { force: true }));
  }

  replace(records: () => readonly CallRecord[]): Promise<void> {
    return this.inTurn(async () => {
      const draft = `${this.file}.part`;
      await writeThrough(
        draft,
        'w',
        records()
          .map((record) => `${JSON.stringify(record)}\n`)
          .join(''),
      );
      await rename(draft, this.file);
    });
  }

  async refuse(record: CallRecord, reason: string): Promise<string> {
    await this.inTurn(() => appendFile(this.refusedFile, `${JSON.stringify({ reason, record })}\n`, { mode: 0o600 }));
    return this.refusedFile;
  }

  private get refusedFile(): string {
    return `${this.file}.refused`;
  }

  private setAside(line: string): void {
    try {
      appendFileSync(this.refusedFile, `${line}\n`, { mode: 0o600 });
    } catch {
      // Where nothing can be written, the journal itself stays as it is, too.
      return;
    }
  }

  private inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.last.then(run, run);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
