const cyrillic: Record<string, string> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'ch', ш: 'sh' },
  ...{ щ: 'sch', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'iu', я: 'ia', і: 'i', ї: 'i', є: 'e', ґ: 'g', ў: 'u' },
};

/** Ways to write one sound, as passports, Outlook and people spell it. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/shch/g, 'sch'],
  [/kh/g, 'h'],
  [/ts/g, 'c'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/[yj]/g, 'i'],
  [/^ie/, 'e'],
  [/(.)\1+/g, '$1'],
];

/**
 * One form for a word however it is spelled: case, ё and е, and Latin for Cyrillic do not count. `Алексей`, `Alexey` and
 * `Aleksei` are the same. Good for comparing only.
 */
export function foldWord(word: string): string {
  let latin = '';
  for (const letter of word.toLowerCase()) latin += cyrillic[letter] ?? letter;
  if (/[^a-z0-9]/.test(latin)) latin = latin.normalize('NFD').replace(/[^\p{L}\p{N}]/gu, '');
  return spellings.reduce((text, [way, instead]) => text.replace(way, instead), latin);
}
