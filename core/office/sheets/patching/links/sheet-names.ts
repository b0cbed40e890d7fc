const transitional = {
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  office: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
};
const strict = {
  main: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
  office: 'http://purl.oclc.org/ooxml/officeDocument/relationships',
};

export interface SheetNames {
  /** Of the sheet's own elements, with its colon; empty where they have none. */
  prefix: string;
  /** Of the attribute that names a relation, and what declares it where the root does not. */
  relation: string;
  declaration: string;
  /** Of relations that are links to elsewhere. */
  linkType: string;
}

/** What a sheet calls its namespaces, by its root's attributes. */
export function sheetNames(root: ReadonlyMap<string, string>): SheetNames {
  const values = [...root.values()];
  const { main, office } = values.includes(strict.main) ? strict : transitional;
  const nameOf = (space: string) => [...root].find(([key, value]) => key.startsWith('xmlns:') && value === space)?.[0];
  const own = root.get('xmlns') === main ? undefined : nameOf(main);
  const relation = nameOf(office);
  return {
    prefix: own === undefined ? '' : `${own.slice('xmlns:'.length)}:`,
    relation: relation === undefined ? 'r' : relation.slice('xmlns:'.length),
    declaration: relation === undefined ? ` xmlns:r="${office}"` : '',
    linkType: `${office}/hyperlink`,
  };
}
