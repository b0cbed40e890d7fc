import type { CommandArguments, CommandResult, DirectoryStatus, EventPayload } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** The office's address books: which there are, when each is read again, and how that went. */
export interface DirectoryDesk {
  list(): DirectoryStatus[];
  preview(asked: CommandArguments<'directories.preview'>): Promise<CommandResult<'directories.preview'>>;
  add(asked: CommandArguments<'directories.add'>): Promise<CommandResult<'directories.add'>>;
  change(asked: CommandArguments<'directories.change'>): Promise<void>;
  remove(id: string): Promise<void>;
  sort(ids: readonly string[]): Promise<void>;
  /** Resolves when the refresh has begun, or waits for its turn. */
  refresh(id: string): Promise<void>;
  cancel(id: string): Promise<void>;
  import(asked: CommandArguments<'directories.import'>): Promise<void>;
  browse(path: string | null): Promise<CommandResult<'directories.browse'>>;
  signIn(asked: CommandArguments<'directories.signIn'>): Promise<CommandResult<'directories.signIn'>>;
  readonly onChanged: Event<DirectoryStatus[]>;
  readonly onSignedIn: Event<EventPayload<'directories.signedIn'>>;
  /** Entries were added, changed or removed: whom they make is to be found out anew. */
  readonly onEntries: Event<void>;
}
