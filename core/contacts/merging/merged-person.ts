/** One human or firm, as merged from entries; what the index is built from. */
export interface MergedPerson {
  /** Handle of the first of its entries in the order of handles, an own contact's before all others. */
  id: string;
  /** Each the first that is not empty, in the user's order of directories. */
  name: string;
  firm: string;
  role: string;
  department: string;
  /** Hash of the photo. */
  photo: string | null;
  /** Each number once; in the order of directories. */
  numbers: MergedNumber[];
  emails: string[];
  /** All of them, for searching. */
  notes: string[];
  /** In the user's order of directories. */
  entries: { handle: string; directoryId: string }[];
}

export interface MergedNumber {
  /** As `MatchKey.key`. */
  key: string;
  confidence: 'certain' | 'local' | 'weak';
  number: string;
  extension: string | null;
  label: string;
  directoryIds: string[];
}
