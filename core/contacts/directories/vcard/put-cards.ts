import { createHash } from 'node:crypto';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import type { DirectoryReading } from '../directory-source.ts';
import type { SourceEntry } from '../source-entry.ts';
import { toCardEntry } from './card-entry.ts';
import type { CardFile } from './card-files.ts';
import type { BrokenCard, Card } from './card-reader.ts';
import { toFileError } from './file-error.ts';
import { readCardFile } from './read-card-file.ts';

export interface PutCards {
  keys: Set<string>;
  /** Every card could be read. */
  whole: boolean;
}

/**
 * Puts every entry of a file, at most `limit`.
 * @param inFolder another file may have the same ids
 * @throws OffhookError why the file cannot be read, e.g. `directory.broken-file` where no card in it is whole
 */
export async function putCards(
  file: CardFile,
  { reading, inFolder, limit = Infinity }: { reading: DirectoryReading; inFolder: boolean; limit?: number },
  onCount: (added: number) => void,
): Promise<PutCards> {
  const keys = new Set<string>();
  let [good, broken] = [0, 0];
  try {
    for await (const cards of readCardFile(file.path, reading.signal)) {
      broken += cards.filter(({ kind }) => kind === 'broken').length;
      good += cards.filter(({ kind }) => kind === 'card').length;
      const entries = cards.flatMap((card) => entryOf(card, file, inFolder, reading)).slice(0, limit - keys.size);
      for (const { key } of entries) keys.add(key);
      if (entries.length > 0) await reading.put(entries);
      onCount(entries.length);
      if (keys.size >= limit) return { keys, whole: false };
    }
  } catch (error) {
    throw reading.signal.aborted ? new OffhookError('directory.cancelled') : toFileError(error, file.name);
  }
  if (good === 0 && broken > 0) throw new OffhookError('directory.broken-file', { values: { file: file.name } });
  return { keys, whole: broken === 0 };
}

function entryOf(card: Card | BrokenCard, file: CardFile, inFolder: boolean, reading: DirectoryReading): SourceEntry[] {
  const placeOf = (name: string) => (name === '' ? `${file.name}:${card.line}` : `${file.name} › ${name}`);
  if (card.kind === 'broken') {
    reading.skip({ code: 'entry.unreadable', values: { place: placeOf(card.name) }, detail: `line ${card.line}` });
    return [];
  }
  const { entry, skipped } = toCardEntry(card, placeOf);
  skipped.forEach(reading.skip);
  if (!entry) return [];
  const key = inFolder ? keyInFolder(file.name, entry.key) : entry.key;
  return [{ ...entry, key, open: { kind: 'file', file: path.resolve(file.path) } }];
}

function keyInFolder(name: string, key: string): string {
  return createHash('sha256').update(`${name}\0${key}`).digest('base64url').slice(0, 22);
}
