import { truncateSync } from 'node:fs';

export interface Lock {
  release(): void;
}

function isCode(error: unknown, pattern: RegExp): boolean {
  return pattern.test(String((error as { code?: unknown })?.code ?? ''));
}

/**
 * A lock that dies with its process: an exclusive transaction on an empty SQLite file. SQLite knows how to lock on
 * every system (fcntl, LockFileEx), and refuses a second one from the same process too. Null when another has it.
 */
export async function takeLock(file: string): Promise<Lock | null> {
  // Loaded here, so that whoever needs only the ports does not load SQLite.
  const { default: BetterSqlite3 } = await import('better-sqlite3');
  for (let attempt = 1; ; attempt += 1) {
    const handle = new BetterSqlite3(file, { timeout: 0 });
    try {
      handle.exec('BEGIN EXCLUSIVE');
      return { release: () => void handle.close() };
    } catch (error) {
      handle.close();
      if (isCode(error, /^SQLITE_BUSY/)) return null;
      // Somebody wrote into it; nothing of value can be there.
      if (!isCode(error, /^SQLITE_(NOTADB|CORRUPT)/) || attempt > 1) throw error;
      truncateSync(file, 0);
    }
  }
}
