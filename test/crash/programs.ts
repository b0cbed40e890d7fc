import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundlePrograms } from '#build/bundle.ts';
import { root } from '#build/root.ts';

/** What is killed, by the name of its file: bundled, because it starts a thousand times. */
const programs = {
  'crash-agent': 'test/crash/crash-agent.ts',
  'crash-writer': 'test/crash/crash-writer.ts',
  'export-worker': 'core/exports/export-worker.ts',
  'directory-worker': 'core/composition/directory-worker.ts',
  'people-worker': 'core/composition/people-worker.ts',
  'sheet-worker': 'core/composition/sheet-worker.ts',
  'search-worker': 'core/contacts/matching/search-worker.ts',
  'relay-worker': 'core/media/relay/relay-worker.ts',
  'storage-worker': 'core/storage/storage-worker.ts',
};

export interface CrashPrograms {
  /** Holds all of them and nothing else. */
  folder: string;
  agent: string;
  writer: string;
  storageWorker: URL;
  remove(): void;
}

export async function bundleCrashPrograms(): Promise<CrashPrograms> {
  // Inside the repository, where better-sqlite3 is found.
  const folder = path.join(root, '.cache', `crash-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  await bundlePrograms(programs, folder);
  return {
    folder,
    agent: path.join(folder, 'crash-agent.js'),
    writer: path.join(folder, 'crash-writer.js'),
    storageWorker: pathToFileURL(path.join(folder, 'storage-worker.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
