/** The link for what changes later, of each folder by its id. */
export type FolderLinks = Record<string, string>;

const version = 1;

export function writeCursor(folders: FolderLinks): string {
  return JSON.stringify({ version, folders });
}

/** Null for none, or one of another version. */
export function readCursor(cursor: string | null): FolderLinks | null {
  if (cursor === null) return null;
  try {
    const kept = JSON.parse(cursor) as { version?: unknown; folders?: unknown };
    if (kept.version !== version || typeof kept.folders !== 'object' || kept.folders === null) return null;
    const folders = Object.entries(kept.folders).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    );
    return Object.fromEntries(folders);
  } catch {
    // Whatever it was, everything is read anew.
    return null;
  }
}
