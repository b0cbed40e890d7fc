import { z } from 'zod';
import { cursorOf } from '../cursor-of.ts';

const cursor = z.record(
  z.string(),
  z.object({
    /** As the server gave it with the last changes; null for a server that has none. */
    token: z.string().nullable(),
    /** Of every card by its path, so that deletions are seen without a token, or with one that has expired. */
    tags: z.record(z.string(), z.string()),
  }),
);

/** What is known of each address book, by its address. */
export type CarddavCursor = z.infer<typeof cursor>;

/** Null for nothing that can be built on. */
export function readCarddavCursor(text: string | null): CarddavCursor | null {
  return cursorOf(cursor, text);
}
