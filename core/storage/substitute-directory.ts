import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/** Stands in the temporary directory for a data directory in which nothing can be written. */
export function substituteDirectory(directory: string): string {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `offhook-${os.userInfo().username}-${name}`);
}
