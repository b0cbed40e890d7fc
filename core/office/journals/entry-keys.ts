/** How the sources know the entries of their directories. */
export interface EntryKeys {
  /** Keys within their sources, in the order of the handles; those of entries that are gone are left out. */
  of(handles: readonly string[]): Promise<string[]>;
}
