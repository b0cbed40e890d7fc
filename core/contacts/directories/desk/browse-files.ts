import { readdir, stat } from 'node:fs/promises';
import nodePath from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import type { CommandResult } from '#contract/ipc/index.ts';

type Listing = CommandResult<'directories.browse'>;
type Listed = Listing['entries'][number];

export interface BrowseOptions {
  home: string;
  platform: NodeJS.Platform;
}

/** Tables, contact cards, and certificates of an office's own authority. */
const fitting = /\.(xlsx|xlsm|csv|tsv|txt|vcf|pem|crt|cer)$/i;
const hidden = /^(\.|\$|System Volume Information$|~\$)/;
const mostEntries = 5000;
/** Above the drives of Windows. */
const top = '/';

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function drives(): Promise<Listing> {
  const letters = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:\\`);
  const there = await Promise.all(letters.map(isThere));
  const found = letters.filter((_, index) => there[index]);
  return { path: top, parent: null, entries: found.map((path) => ({ name: path, path, folder: true })) };
}

async function list(path: string): Promise<Listed[]> {
  const found = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !hidden.test(name));
  const entries = await Promise.all(
    found.slice(0, mostEntries).map(async (each): Promise<Listed> => {
      const whole = nodePath.join(path, each.name);
      // A link counts for what it leads to.
      const folder = each.isSymbolicLink()
        ? await stat(whole).then((target) => target.isDirectory(), () => false) // prettier-ignore
        : each.isDirectory();
      return { name: each.name, path: whole, folder };
    }),
  );
  return entries.filter(({ folder, name }) => folder || fitting.test(name));
}

/**
 * Folders, then files that can be read as a directory, each by name; hidden ones left out. Null is the user's folder.
 * Rejects with `directory.not-found` or `directory.unreadable`.
 */
export async function browseFiles(path: string | null, { home, platform }: BrowseOptions): Promise<Listing> {
  if (platform === 'win32' && path === top) return drives();
  const folder = path ?? home;
  if (!nodePath.isAbsolute(folder)) throw new OffhookError('directory.not-found', { values: { file: folder } });
  const absolute = nodePath.resolve(folder);
  try {
    const entries = await list(absolute);
    const byName = new Intl.Collator(undefined, { numeric: true });
    entries.sort((a, b) => Number(b.folder) - Number(a.folder) || byName.compare(a.name, b.name));
    const above = nodePath.dirname(absolute);
    const end = platform === 'win32' ? top : null;
    return { path: absolute, parent: above === absolute ? end : above, entries };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const known = code === 'ENOENT' ? 'directory.not-found' : 'directory.unreadable';
    throw new OffhookError(known, { values: { file: absolute }, detail: code ?? null, cause: error });
  }
}
