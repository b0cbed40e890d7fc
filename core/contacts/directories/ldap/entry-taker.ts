import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import type { DirectoryReading } from '../directory-source.ts';
import type { SourceEntry } from '../source-entry.ts';
import type { RawEntry } from './raw-entry.ts';
import { readEntry } from './read-entry.ts';

const batchEntries = 200;
/** Bytes of photos. */
const batchBytes = 8 * 1024 * 1024;

/** Hands entries over, some at a time; the server is made to wait meanwhile. */
export class EntryTaker {
  private readonly reading: DirectoryReading;
  private readonly config: DirectoryConfigOf<'ldap'>;
  private batch: SourceEntry[] = [];
  private bytes = 0;
  /** How many were taken. */
  count = 0;

  constructor(reading: DirectoryReading, config: DirectoryConfigOf<'ldap'>) {
    this.reading = reading;
    this.config = config;
  }

  /** @returns the entry's key */
  async take(raw: RawEntry): Promise<string> {
    const { entry, problems } = readEntry(raw, this.config.attributes);
    for (const problem of problems) this.reading.skip(problem);
    this.batch.push(entry);
    this.bytes += entry.photo?.bytes.length ?? 0;
    this.count += 1;
    if (this.batch.length >= batchEntries || this.bytes >= batchBytes) await this.flush();
    return entry.key;
  }

  async flush(): Promise<void> {
    if (this.batch.length === 0) return;
    const batch = this.batch;
    this.batch = [];
    this.bytes = 0;
    await this.reading.put(batch);
    this.reading.progress(this.count, null);
  }
}
