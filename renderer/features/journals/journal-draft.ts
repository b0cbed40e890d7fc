import { journalConfig } from '#contract/ipc/index.ts';
import type { DirectoryStatus, Journal, JournalConfig } from '#contract/ipc/index.ts';
import type { GivenJournal } from './journals-store.ts';

export const journalKinds: readonly JournalConfig['kind'][] = ['onec', 'outlook', 'graph'];
const writes = { onec: [], outlook: ['journal', 'task'], graph: ['appointment', 'task'] } as const;

/** What can be made in a journal of a kind; nothing to choose for 1C, which has a document of its own for calls. */
export function writesOf(kind: JournalConfig['kind']): readonly string[] {
  return writes[kind];
}

/** A journal as a form holds it. */
export interface JournalDraft {
  id: string | null;
  enabled: boolean;
  kind: JournalConfig['kind'];
  /** Empty while none is chosen. */
  directoryId: string;
  write: string;
  calls: Journal['calls'];
  internal: boolean;
}

/** Connections that a journal of a kind may go through. */
export function connectionsFor(
  kind: JournalConfig['kind'],
  directories: readonly DirectoryStatus[],
): DirectoryStatus[] {
  return kind === 'outlook' ? [] : directories.filter((directory) => directory.kind === kind);
}

export function draftOf(journal: Journal | null, directories: readonly DirectoryStatus[]): JournalDraft {
  const config = journal?.config;
  const kind = config?.kind ?? 'onec';
  const first = connectionsFor(kind, directories)[0]?.id ?? '';
  return {
    id: journal?.id ?? null,
    enabled: journal?.enabled ?? true,
    kind,
    directoryId: config && config.kind !== 'outlook' ? config.directoryId : first,
    write: config && config.kind !== 'onec' ? config.write : '',
    calls: journal?.calls ?? 'answered',
    internal: journal?.internal ?? false,
  };
}

/** Null where no connection is chosen. */
export function configOf({ kind, directoryId, write }: JournalDraft): JournalConfig | null {
  const what = writesOf(kind).includes(write) ? write : writesOf(kind)[0];
  return journalConfig.safeParse({ kind, directoryId, write: what }).data ?? null;
}

export function readDraft(draft: JournalDraft): GivenJournal | null {
  const config = configOf(draft);
  const { id, enabled, calls, internal } = draft;
  return config && { id, enabled, config, calls, internal };
}
