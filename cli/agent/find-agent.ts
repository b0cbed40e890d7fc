import { lstatSync } from 'node:fs';
import { seek } from '#core/storage/seek-announcement.ts';
import type { AgentAccess } from './local-api-client.ts';

/** `starting`: it runs, but its API does not listen yet, or is switched off. */
export type FoundAgent = { state: 'absent' } | { state: 'starting' } | { state: 'ready'; access: AgentAccess };

/** A place that all users share may be somebody else's trap. */
function isOurs(place: string): boolean {
  try {
    const { uid, mode } = lstatSync(place);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
  } catch {
    // Not there: nothing was announced in it.
    return false;
  }
}

function accessIn(info: Record<string, unknown>): AgentAccess | null {
  const { port, secret } = (info.api ?? {}) as Record<string, unknown>;
  return typeof port === 'number' && typeof secret === 'string' ? { port, secret } : null;
}

/** What is announced where nothing can be written into the data directory itself. */
async function announcedElsewhere(directory: string): Promise<Record<string, unknown> | null> {
  // Loaded when it is needed: it brings the whole of Node's cryptography along.
  const { substituteDirectory } = await import('#core/storage/substitute-directory.ts');
  const place = substituteDirectory(directory);
  return isOurs(place) ? seek([place]) : null;
}

/** The agent of this data directory, by what it has announced there. */
export async function findAgent(directory: string): Promise<FoundAgent> {
  const info = seek([directory]) ?? (await announcedElsewhere(directory));
  if (!info) return { state: 'absent' };
  const access = accessIn(info);
  return access ? { state: 'ready', access } : { state: 'starting' };
}
