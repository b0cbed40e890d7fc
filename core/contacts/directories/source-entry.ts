/** What opens an entry where it lives. */
export type EntryTarget =
  /** A row of a workbook; `row` counted from 1, as it was at the last refresh. */
  | { kind: 'sheet'; file: string; sheet: string; row: number }
  | { kind: 'file'; file: string }
  /** An item of classic Outlook. */
  | { kind: 'outlook'; entryId: string; storeId: string }
  /** `http`, `https`, `e1c` or `mailto`: nothing else is ever opened. */
  | { kind: 'url'; url: string };

export interface EntryPhoto {
  type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  bytes: Uint8Array;
}

/** One entry as its source holds it. Hostile text: lengths are cut and controls dropped by whoever stores it. */
export interface SourceEntry {
  /**
   * Identity within the source, which stays while anything else changes (objectGUID, UID, the row's own id); at most 512
   * characters. The second of the same key is left out as `entry.same-id`.
   */
  key: string;
  name: string;
  firm: string;
  role: string;
  department: string;
  /** As written, one or several in one text; labels as `numberLabel` of the contract. */
  numbers: readonly { text: string; label: string }[];
  emails: readonly string[];
  /** Addresses of web pages. */
  links: readonly string[];
  note: string;
  /** Seen on the card under these names, in this order. */
  fields: readonly { name: string; value: string }[];
  photo: EntryPhoto | null;
  open: EntryTarget | null;
  /** Where it lies, for people: `Клиенты.xlsx › Лист1!17`, a DN, a name in a file. */
  place: string;
}

/** Fills what a source has not. */
export function sourceEntry(given: Partial<SourceEntry> & Pick<SourceEntry, 'key'>): SourceEntry {
  return {
    name: '',
    firm: '',
    role: '',
    department: '',
    numbers: [],
    emails: [],
    links: [],
    note: '',
    fields: [],
    photo: null,
    open: null,
    place: '',
    ...given,
  };
}
