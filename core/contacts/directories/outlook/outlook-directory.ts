import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfig, DirectoryConfigOf } from '#contract/ipc/index.ts';
import type {
  DirectoryEnvironment,
  DirectoryReading,
  DirectorySource,
  PreviewOutcome,
  RefreshOutcome,
} from '../directory-source.ts';
import { sourceEntry, type SourceEntry } from '../source-entry.ts';
import { askComHelper, type HelperReply } from '#core/com-helper/index.ts';

const previewed = 20;
const entriesAtOnce = 200;

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
const texts = (value: unknown) => (Array.isArray(value) ? value.map(text).filter((one) => one !== '') : []);

/** @param contact as the helper gives it */
function readContact(contact: Record<string, unknown>): SourceEntry | null {
  const [entryId, storeId] = [text(contact['entryId']), text(contact['storeId'])];
  if (entryId === '') return null;
  const parts = [contact['familyName'], contact['givenName'], contact['patronymic']]
    .map(text)
    .filter((part) => part !== '');
  const firm = text(contact['firm']);
  const name = text(contact['name']) || parts.join(' ') || firm;
  const [link, categories] = [text(contact['link']), text(contact['categories'])];
  const numbers = Array.isArray(contact['numbers']) ? (contact['numbers'] as Record<string, unknown>[]) : [];
  return sourceEntry({
    key: entryId,
    name,
    firm,
    role: text(contact['role']),
    department: text(contact['department']),
    numbers: numbers.map((number) => ({ text: text(number['text']), label: text(number['label']) })),
    emails: texts(contact['emails']),
    links: link === '' ? [] : [/^https?:\/\//i.test(link) ? link : `http://${link}`],
    note: text(contact['note']),
    fields: categories === '' ? [] : [{ name: 'categories', value: categories }],
    open: { kind: 'outlook', entryId, storeId },
    place: [text(contact['folder']), name].filter((part) => part !== '').join(' › '),
  });
}

/** Classic Outlook's contacts, through the helper process. */
class OutlookDirectory implements DirectorySource {
  private readonly config: DirectoryConfigOf<'outlook'>;
  private readonly command: readonly string[];

  constructor(config: DirectoryConfigOf<'outlook'>, command: readonly string[]) {
    this.config = config;
    this.command = command;
  }

  async refresh(reading: DirectoryReading): Promise<RefreshOutcome> {
    const { folders } = this.config;
    const { stamp } = await this.ask({ command: 'stamp', folders }, reading);
    const cursor = JSON.stringify({ version: 1, folders, stamp });
    if (cursor === reading.cursor) return { kind: 'unchanged', cursor };
    await this.read({ command: 'contacts', folders }, reading);
    // Asked before the contacts were read: what changed meanwhile is met the next time.
    return { kind: 'complete', cursor };
  }

  async preview(reading: DirectoryReading): Promise<PreviewOutcome> {
    const found = await this.ask({ command: 'folders' }, reading);
    await this.read({ command: 'contacts', folders: this.config.folders, limit: previewed }, reading);
    return { tables: [], count: null, parts: texts(found['folders']).map((id) => ({ id, label: id })) };
  }

  private ask(request: Record<string, unknown>, { signal }: DirectoryReading): Promise<HelperReply> {
    return askComHelper(request, { command: this.command, signal });
  }

  private async read(request: Record<string, unknown>, reading: DirectoryReading): Promise<void> {
    let waiting: SourceEntry[] = [];
    let done = 0;
    const put = async () => {
      await reading.put(waiting);
      reading.progress((done += waiting.length), null);
      waiting = [];
    };
    await askComHelper(request, { command: this.command, signal: reading.signal }, async ({ contact }) => {
      const entry =
        typeof contact === 'object' && contact !== null ? readContact(contact as Record<string, unknown>) : null;
      if (entry) waiting.push(entry);
      if (waiting.length >= entriesAtOnce) await put();
    });
    await put();
  }
}

export function openOutlookDirectory(config: DirectoryConfig, environment: DirectoryEnvironment): DirectorySource {
  if (config.kind !== 'outlook') throw new OffhookError('directory.not-here', { detail: config.kind });
  if (!environment.outlookHelper)
    throw new OffhookError('directory.outlook-missing', { detail: 'no helper on this computer' });
  return new OutlookDirectory(config, environment.outlookHelper);
}
