import { OffhookError } from '#contract/errors.ts';
import type { DirectoryReading, DirectorySource, PreviewOutcome, RefreshOutcome } from '../directory-source.ts';
import { sourceEntry, type SourceEntry } from '../source-entry.ts';
import type { PbxAddressBook, PbxContact } from './pbx-address-book.ts';

const previewed = 20;

/** The address book of a cloud PBX as a directory. */
export class PbxDirectory implements DirectorySource {
  private readonly book: PbxAddressBook;

  constructor(book: PbxAddressBook) {
    this.book = book;
  }

  async refresh(reading: DirectoryReading): Promise<RefreshOutcome> {
    let done = 0;
    const take = async ({ contacts, removed, total }: Parameters<Parameters<PbxAddressBook['read']>[1]>[0]) => {
      await reading.put(contacts.map((contact) => this.entryOf(contact)));
      if (removed.length > 0) await reading.remove(removed);
      done += contacts.length;
      reading.progress(done, total);
    };
    const { whole, cursor } = await this.book.read(reading.cursor, take, reading.signal);
    return { kind: whole ? 'complete' : 'partial', cursor };
  }

  async preview(reading: DirectoryReading): Promise<PreviewOutcome> {
    const enough = new AbortController();
    const stop = () => enough.abort();
    reading.signal.addEventListener('abort', stop);
    let count: number | null = null;
    let put = 0;
    try {
      await this.book.read(
        null,
        async ({ contacts, total }) => {
          count = total;
          const some = contacts.slice(0, previewed - put);
          await reading.put(some.map((contact) => this.entryOf(contact)));
          put += some.length;
          if (put >= previewed) enough.abort();
        },
        enough.signal,
      );
    } catch (error) {
      if (reading.signal.aborted) throw new OffhookError('directory.cancelled');
      if (!enough.signal.aborted) throw error;
    } finally {
      reading.signal.removeEventListener('abort', stop);
    }
    return { tables: [], count, parts: [] };
  }

  private entryOf({ id, url, name, firm, role, department, numbers, emails }: PbxContact): SourceEntry {
    return sourceEntry({
      key: id,
      ...{ name, firm, role, department, numbers, emails },
      open: url === null ? null : { kind: 'url', url },
      place: `${this.book.host} › ${name}`,
    });
  }
}
