import { OffhookError } from '#contract/errors.ts';
import type { CommandArguments, CommandResult, DirectoryStatus } from '#contract/ipc/index.ts';
import type { ContactWriter } from './contact-writer.ts';
import type { DirectoryDesk } from './directory-desk.ts';

export interface CreateInDirectoryOptions {
  directories: Pick<DirectoryDesk, 'list' | 'refresh'>;
  /** Null for a directory that takes none. */
  writerOf: (directory: DirectoryStatus) => ContactWriter | null;
}

/** ms that the other side may take. */
const patience = 60_000;

/** Makes a contact in a directory, which is then read again. @throws OffhookError `people.not-editable`, `directory.*` */
export async function createInDirectory(
  { directoryId, contact }: CommandArguments<'people.createIn'>,
  { directories, writerOf }: CreateInDirectoryOptions,
): Promise<CommandResult<'people.createIn'>> {
  const directory = directories.list().find(({ id }) => id === directoryId);
  if (!directory) throw new OffhookError('directory.unknown');
  const writer = writerOf(directory);
  if (!writer) throw new OffhookError('people.not-editable');
  const opened = await writer.create(contact, AbortSignal.timeout(patience));
  await directories.refresh(directoryId);
  return { opened };
}
