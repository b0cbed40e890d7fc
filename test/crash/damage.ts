import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Finding } from './check-records.ts';

/**
 * Asks SQLite about the database that a kill has left, in a copy: the agent's next start shall meet what the kill left,
 * not what somebody else has mended. A database that the agent has set aside counts as damaged too.
 */
export function damageOf(directory: string): Finding[] {
  const aside = readdirSync(directory).filter((name) => name.includes('.corrupt-'));
  const damaged: Finding[] = aside.map((name) => ({ kind: 'damaged', what: `${directory}/${name}` }));
  const file = path.join(directory, 'offhook.sqlite');
  if (!existsSync(file)) return damaged;
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-crash-copy-'));
  try {
    const copy = path.join(folder, 'copy.sqlite');
    for (const companion of ['', '-wal'])
      if (existsSync(file + companion)) copyFileSync(file + companion, copy + companion);
    const result = integrityOf(copy);
    if (result !== 'ok') damaged.push({ kind: 'damaged', what: `${directory}: ${result}` });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return damaged;
}

function integrityOf(file: string): string {
  try {
    const handle = new BetterSqlite3(file);
    try {
      return String(handle.pragma('integrity_check', { simple: true }));
    } finally {
      handle.close();
    }
  } catch (error) {
    return String(error);
  }
}
