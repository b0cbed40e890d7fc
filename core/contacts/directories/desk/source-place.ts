import path from 'node:path';
import type { ErrorReport } from '#contract/errors.ts';
import type { DirectoryConfig } from '#contract/ipc/index.ts';

const graph = 'https://graph.microsoft.com/';

/** Address of the server of HTTP that a directory is read from; null for another kind of source. */
export function serverUrl(config: DirectoryConfig): string | null {
  if (config.kind === 'carddav' || config.kind === 'onec') return config.url;
  return config.kind === 'graph' ? graph : null;
}

/** Path of the file or folder that a directory is read from; null for another kind of source. */
export function filePath(config: DirectoryConfig): string | null {
  return config.kind === 'sheet' || config.kind === 'vcard' ? config.path : null;
}

/** Its file or its host. */
function sourceName(config: DirectoryConfig): string {
  const file = filePath(config);
  if (file !== null) return path.basename(file);
  const url = serverUrl(config);
  if (url !== null) return new URL(url).host;
  return config.kind === 'ldap' ? config.host : config.kind;
}

/** A sentence about a source names its file or its host, also where whoever failed did not know it. */
export function nameSource(problem: ErrorReport, config: DirectoryConfig): ErrorReport {
  const name = sourceName(config);
  return { ...problem, values: { file: name, host: name, ...problem.values } };
}
