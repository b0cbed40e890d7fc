import { z } from 'zod';
import { cursorOf } from '../cursor-of.ts';

const cursor = z.object({ version: z.literal(1), folders: z.record(z.string(), z.string()) });

/** The link for what changes later, of each folder by its id. */
export type FolderLinks = z.infer<typeof cursor>['folders'];

export function writeCursor(folders: FolderLinks): string {
  return JSON.stringify({ version: 1, folders } satisfies z.infer<typeof cursor>);
}

/** Null for none, or one of another version. */
export function readCursor(text: string | null): FolderLinks | null {
  return cursorOf(cursor, text)?.folders ?? null;
}
