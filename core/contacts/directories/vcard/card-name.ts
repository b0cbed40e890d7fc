import { partsOf, textOf, type CardProperty } from './card-property.ts';

const cyrillic = /\p{Script=Cyrillic}/u;

/**
 * The name as people read it. In Russian the family name comes first, the patronymic last: so a name that only turns the
 * parts around, or leaves one out, is put together from them. Else the name that its program shows.
 */
export function readName(properties: readonly CardProperty[]): string {
  const shown = first(properties, 'FN', textOf);
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = first(properties, 'N', partsOf) || [];
  // abook writes a name of one word twice.
  const russian = [...new Set([family, given, additional])].filter(Boolean).join(' ');
  if (cyrillic.test(family + given)) {
    const parts = new Set(wordsOf(russian));
    if (family !== '' && given !== '' && wordsOf(shown).every((word) => parts.has(word))) return russian;
    return shown || russian;
  }
  return shown || [prefix, given, additional, family, suffix].filter(Boolean).join(' ');
}

function first<T>(properties: readonly CardProperty[], name: string, read: (property: CardProperty) => T): T | '' {
  const property = properties.find((each) => each.name === name && each.value !== '');
  return property ? read(property) : '';
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[\s,]+/)
    .filter(Boolean);
}
