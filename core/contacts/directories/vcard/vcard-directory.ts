import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import type { DirectoryEnvironment, DirectoryReading, DirectorySource, PreviewOutcome } from '../directory-source.ts';
import { listCardFiles } from './card-files.ts';
import { putCards } from './put-cards.ts';
import { VcardRefresh } from './vcard-refresh.ts';

const previewed = 20;

/** Cards in a file, or in all files of a folder. */
export function openVcardDirectory(
  { path }: DirectoryConfigOf<'vcard'>,
  _environment: DirectoryEnvironment,
): DirectorySource {
  return {
    refresh: async (reading) => new VcardRefresh(reading, await listCardFiles(path)).run(),
    preview: (reading) => preview(path, reading),
  };
}

async function preview(path: string, reading: DirectoryReading): Promise<PreviewOutcome> {
  const { isFolder, files } = await listCardFiles(path);
  let left = previewed;
  let failure: unknown = null;
  for (const file of files) {
    if (left === 0) break;
    await putCards(file, { reading, inFolder: isFolder, limit: left }, (count) => void (left -= count)).catch(
      (error: unknown) => (failure ??= error),
    );
  }
  if (left === previewed && failure !== null) throw failure;
  return { tables: [], count: left > 0 && failure === null ? previewed - left : null, parts: [] };
}
