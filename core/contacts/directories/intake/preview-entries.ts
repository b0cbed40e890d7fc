import { OffhookError } from '#contract/errors.ts';
import type { DirectoryPreview, PreviewEntry } from '#contract/ipc/index.ts';
import { formatNumber } from '#core/contacts/numbers/format-number.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import type { DirectorySource } from '../directory-source.ts';
import type { SourceEntry } from '../source-entry.ts';
import { cleanEntry, cleanKey } from './clean-entry.ts';
import { readEntryNumbers } from './read-entry-numbers.ts';
import { SkippedParts } from './skipped-parts.ts';

const mostEntries = 20;

function previewOf(entry: SourceEntry, rules: NumberRules): PreviewEntry {
  const { name, firm, role, emails, place } = entry;
  const numbers = readEntryNumbers(entry.numbers, rules).map(({ text, label, key, number }) => {
    return { text, label, display: key === null ? null : formatNumber(number, rules) };
  });
  return { name, firm, role, emails: [...emails], numbers, place };
}

/** What would come of a configuration. Rejects with a `directory.*` code. */
export async function previewEntries(
  source: DirectorySource,
  order: { secret: string | null; rules: NumberRules },
  { signal }: { signal: AbortSignal },
): Promise<DirectoryPreview> {
  const entries: PreviewEntry[] = [];
  const parts = new SkippedParts();
  try {
    const {
      tables,
      count,
      parts: choice,
    } = await source.preview({
      cursor: null,
      secret: order.secret,
      signal,
      put: async (put) => {
        for (const given of put.slice(0, mostEntries - entries.length)) {
          const key = cleanKey(given.key);
          if (key === null) parts.tell('entry.unreadable', given.place);
          else
            entries.push(
              previewOf(
                cleanEntry(given, key, (what) => parts.tell(`entry.${what}`, given.place)),
                order.rules,
              ),
            );
        }
      },
      remove: async () => {},
      known: async () => new Set<string>(),
      skip: (report) => parts.add(report),
      progress: () => {},
      keepSecret: () => {},
    });
    return { tables: [...tables], entries, count, parts: [...choice], problems: parts.summary.first };
  } catch (error) {
    throw signal.aborted ? new OffhookError('directory.cancelled') : error;
  }
}
