import type { StoredNumber } from '../directories/stored-entry.ts';
import type { MergeEntry } from './merge-entry.ts';

/** `+7495…` is certain, with `#12` behind it the extension; digits alone hold within the office. */
export function storedNumber(text: string, label = ''): StoredNumber {
  const [number = '', extension = null] = text.split('#');
  const confidence = number.startsWith('+') ? 'certain' : 'local';
  return { text, key: number, confidence, number, extension, label };
}

/** An entry as `directory/handle`, e.g. `excel/1`. */
export function mergeEntry(
  id: string,
  given: Partial<Omit<MergeEntry, 'numbers'>> & { numbers?: readonly string[] } = {},
): MergeEntry {
  const [directoryId = ''] = id.split('/');
  const { numbers = [], ...rest } = given;
  return {
    ...{ handle: id, directoryId, name: '', firm: '', role: '', department: '', emails: [], note: '', photo: null },
    ...rest,
    numbers: numbers.map((text) => storedNumber(text)),
  };
}
