const guid = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/i;

/**
 * A reference as 1C's links write it: 32 hexadecimal digits, the groups of the GUID in the order 4, 5, 3, 2, 1. Null for
 * what is no GUID.
 */
export function referenceOf(key: string): string | null {
  const groups = guid.exec(key);
  if (!groups) return null;
  const [, one, two, three, four, five] = groups;
  return `${four}${five}${three}${two}${one}`.toLowerCase();
}

const kinds: Record<string, string> = { Catalog: 'Справочник', Document: 'Документ' };

/**
 * External link that opens the card of an object in its infobase, e.g.
 * `e1c://server/host/base#e1cib/data/Справочник.Контрагенты?ref=a9b000055d49b45e11db8c4c9d5c422d`.
 * @param set name of the object's set in OData, e.g. `Catalog_Контрагенты`
 * @param infobase address of the infobase; empty for none, which gives null
 */
export function cardLink(infobase: string, set: string, key: string): string | null {
  const reference = referenceOf(key);
  const [prefix, ...name] = set.split('_');
  const kind = kinds[prefix ?? ''];
  if (infobase === '' || reference === null || kind === undefined || name.length === 0) return null;
  return `${infobase.replace(/#.*$/, '')}#e1cib/data/${kind}.${name.join('_')}?ref=${reference}`;
}
