/** One colleague or contact as the PBX knows them. */
export interface PbxContact {
  /** Stays while anything else changes. */
  id: string;
  name: string;
  firm: string;
  role: string;
  department: string;
  /** As written; labels as `numberLabel` of the contract, `internal` for the PBX's own. */
  numbers: readonly { text: string; label: string }[];
  emails: readonly string[];
  /** Page of the PBX about them; null for none. */
  url: string | null;
}

export interface PbxAddressBookPage {
  contacts: readonly PbxContact[];
  /** Ids of those that are gone since the cursor; always empty in an answer to none. */
  removed: readonly string[];
  /** How many there are in all, where the PBX tells. */
  total: number | null;
}

/**
 * The address book of one line's cloud PBX, as its connector offers it. Rejects with a `directory.*` code; with
 * `directory.not-here` where the PBX has none.
 */
export interface PbxAddressBook {
  /** e.g. `vpbx.example`, for people. */
  readonly host: string;
  /**
   * All contacts, or for a cursor that the PBX still knows what changed since; page after page.
   * `whole` tells which of them it was; `cursor` is for the next time, null where the PBX has no such thing.
   */
  read(
    cursor: string | null,
    onPage: (page: PbxAddressBookPage) => Promise<void>,
    signal: AbortSignal,
  ): Promise<{ whole: boolean; cursor: string | null }>;
}
