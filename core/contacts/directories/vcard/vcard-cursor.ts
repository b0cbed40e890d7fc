import { z } from 'zod';
import { cursorOf } from '../cursor-of.ts';

const cursor = z.object({
  folder: z.boolean(),
  /** What is known of each file, by its name. */
  files: z.record(
    z.string(),
    z.object({
      /** Of the file when it was read; empty where it is to be read again. */
      fingerprint: z.string(),
      /** Of a file of a folder: its entries, so that they can be removed when it changes. */
      keys: z.array(z.string()),
    }),
  ),
});

export type VcardCursor = z.infer<typeof cursor>;

/** Null for nothing that can be built on. */
export function readVcardCursor(text: string | null): VcardCursor | null {
  return cursorOf(cursor, text);
}
