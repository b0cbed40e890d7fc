import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import { toFileError } from './file-error.ts';

export interface CardFile {
  path: string;
  /** For people. */
  name: string;
  /** Another one as soon as the file was written again; null where it cannot be looked at. */
  fingerprint: string | null;
}

/** The file itself, or every .vcf of the folder, by name. */
export interface CardFiles {
  isFolder: boolean;
  files: CardFile[];
}

/**
 * @throws OffhookError `directory.not-found`, `directory.unreadable`; `directory.empty` for a folder without cards,
 * `directory.unsupported-file` for what is neither file nor folder
 */
export async function listCardFiles(given: string): Promise<CardFiles> {
  const name = path.basename(given);
  try {
    const fingerprint = await fingerprintOf(given);
    if (fingerprint === 'none') throw new OffhookError('directory.unsupported-file', { values: { file: name } });
    if (fingerprint !== 'folder') return { isFolder: false, files: [{ path: given, name, fingerprint }] };
    const names = (await readdir(given)).filter((each) => /^[^.~].*\.(?:vcf|vcard)$/i.test(each)).sort();
    if (names.length === 0) throw new OffhookError('directory.empty', { values: { file: name } });
    const files: CardFile[] = [];
    for (const each of names) {
      const file = path.join(given, each);
      const print = await fingerprintOf(file).catch(() => null);
      if (print !== 'folder' && print !== 'none') files.push({ path: file, name: each, fingerprint: print });
    }
    return { isFolder: true, files };
  } catch (error) {
    throw toFileError(error, name);
  }
}

/** `folder`, `none` for a pipe and the like, of which nobody knows when it ends; of a file what changes with it. */
async function fingerprintOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true });
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? `${found.size}:${found.mtimeNs}` : 'none';
}
