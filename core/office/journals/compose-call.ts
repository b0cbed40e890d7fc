import { OffhookError } from '#contract/errors.ts';
import type { JournalConfig, LoggedCall, PersonDetail } from '#contract/ipc/index.ts';
import type { PeopleDirectory } from '#core/contacts/index.ts';
import type { JournalledCall } from './call-journal-target.ts';
import type { EntryKeys } from './entry-keys.ts';

/** Which of a person's entries are of the source that the journal goes to. */
function handlesFor(config: JournalConfig, { entries }: PersonDetail): string[] {
  const own = entries.filter((entry) =>
    config.kind === 'outlook' ? entry.kind === 'outlook' : entry.directoryId === config.directoryId,
  );
  return own.map(({ handle }) => handle);
}

/** Of a firm and a person of it, the firm is whom 1C's documents are about. */
function choose(config: JournalConfig, keys: readonly string[]): string | null {
  const firm = config.kind === 'onec' ? keys.find((key) => key.startsWith('Catalog_Контрагенты:')) : undefined;
  return firm ?? keys[0] ?? null;
}

/** What a journal is told of a call, as it is known at this moment. */
export async function composeCall(
  { record, annotation, person }: LoggedCall,
  config: JournalConfig,
  { directory, entryKeys }: { directory: Pick<PeopleDirectory, 'get'>; entryKeys: EntryKeys },
): Promise<JournalledCall> {
  const { endedAt, disposition } = record;
  if (endedAt === null || disposition === null) throw new OffhookError('call.not-possible-now');
  const detail = person ? await directory.get(person.id) : null;
  const keys = detail ? await entryKeys.of(handlesFor(config, detail)) : [];
  return {
    callId: record.id,
    direction: record.direction,
    disposition,
    number: record.number,
    display: record.display,
    name: person?.name ?? record.name ?? '',
    firm: detail?.firm ?? '',
    entryKey: choose(config, keys),
    offeredAt: record.offeredAt,
    answeredAt: record.answeredAt,
    endedAt,
    lineLabel: record.lineLabel,
    note: annotation?.note ?? '',
    outcome: annotation?.outcome ?? null,
  };
}
