import { OffhookError } from '#contract/errors.ts';
import type { CommandResult } from '#contract/ipc/index.ts';
import type { EntryTarget, PeopleDirectory } from '#core/contacts/index.ts';

/** What this computer opens by itself. */
export type OpenedHere = Exclude<EntryTarget, { kind: 'url' }>;

/** Hands something to the program that it belongs to. Rejects with `people.cannot-open`. */
export interface EntryOpener {
  open(target: OpenedHere): Promise<void>;
}

/** The only schemes that are ever opened: none of them runs what a caller or a directory wrote. */
const schemes = ['http:', 'https:', 'mailto:', 'e1c:'];

function isOpenable(url: string): boolean {
  return URL.canParse(url) && schemes.includes(new URL(url).protocol);
}

/**
 * Opens an entry where it lives: an address is given back for the window to open, anything else is opened here.
 * @throws OffhookError `people.cannot-open`
 */
export async function openEntry(
  handle: string,
  { directory, opener }: { directory: Pick<PeopleDirectory, 'target'>; opener: EntryOpener },
): Promise<CommandResult<'people.open'>> {
  const target = await directory.target(handle);
  if (target?.kind === 'url' && isOpenable(target.url)) return { url: target.url };
  if (!target || target.kind === 'url') throw new OffhookError('people.cannot-open');
  await opener.open(target);
  return { opened: true };
}
