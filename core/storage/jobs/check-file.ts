import { openToRead } from '../open-sqlite.ts';
import { toStorageError } from '../storage-error.ts';

/** Reads every page; what SQLite calls damage is a result, everything else is thrown. */
export function checkFile(file: string): { sound: boolean; detail: string | null } {
  try {
    const handle = openToRead(file);
    try {
      const word = String(handle.pragma('quick_check(1)', { simple: true }));
      return word === 'ok' ? { sound: true, detail: null } : { sound: false, detail: word.slice(0, 300) };
    } finally {
      handle.close();
    }
  } catch (thrown) {
    const error = toStorageError(thrown, file);
    if (error.code === 'storage.corrupt') return { sound: false, detail: error.detail };
    throw error;
  }
}
