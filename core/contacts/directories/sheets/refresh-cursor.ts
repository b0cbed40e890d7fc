import { hash } from 'node:crypto';
import { z } from 'zod';
import type { SheetMapping } from '#contract/ipc/index.ts';
import { cursorOf } from '../cursor-of.ts';

const knownFile = z.object({
  size: z.number(),
  modified: z.number(),
  hash: z.string(),
  /** It could not be read as it is now. */
  failed: z.boolean(),
  /** Of a folder's file: keys of its entries, so that they can go without the other files being read. */
  keys: z.array(z.string()),
});
export type KnownFile = z.infer<typeof knownFile>;

const cursorShape = z.object({
  /** Of this program's way of reading; raised when the same file gives other entries than before. */
  version: z.literal(1),
  mappings: z.string(),
  files: z.record(z.string(), knownFile),
});
export type RefreshCursor = z.infer<typeof cursorShape>;

export function newCursor(mappings: readonly SheetMapping[], path: string): RefreshCursor {
  return {
    version: 1,
    mappings: hash('sha256', JSON.stringify([mappings, path]), 'base64url').slice(0, 22),
    files: {},
  };
}

/** Null for what is not a cursor of this kind: then everything is read anew. */
export function parseCursor(text: string | null): RefreshCursor | null {
  return cursorOf(cursorShape, text);
}
