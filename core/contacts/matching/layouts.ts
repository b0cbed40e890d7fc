// Keys of the two keyboards, each pair one key. Some letters of the Russian one are signs of the English one.
const english = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const russian = 'йцукенгшщзхъфывапролджэячсмитьбюе';
const toRussian = new Map([...english].map((key, place) => [key, russian[place]!]));
const toEnglish = new Map([...russian].map((key, place) => [key, english[place]!]));
// With Shift these signs are typed.
for (const [shifted, key] of Object.entries({ '{': 'х', '}': 'ъ', ':': 'ж', '"': 'э', '<': 'б', '>': 'ю', '~': 'е' }))
  toRussian.set(shifted, key);

const latin: readonly (readonly [string, string])[] = [
  ...([
    ['shch', 'щ'],
    ['sch', 'щ'],
    ['zh', 'ж'],
    ['kh', 'х'],
    ['ts', 'ц'],
    ['ch', 'ч'],
    ['sh', 'ш'],
  ] as const),
  ...([
    ['yu', 'ю'],
    ['ju', 'ю'],
    ['ya', 'я'],
    ['ja', 'я'],
    ['yo', 'е'],
    ['jo', 'е'],
    ['ye', 'е'],
  ] as const),
  ...[...'abvgdezijklmnoprstufhcyxw'].map((letter, place) => [letter, 'абвгдезийклмнопрстуфхцыхв'[place]!] as const),
];
const cyrillic = new Map([
  ...[...'абвгдезийклмнопрстуфхцыэ'].map((letter, place) => [letter, 'abvgdeziyklmnoprstufhcye'[place]!] as const),
  ...([
    ['ж', 'zh'],
    ['ц', 'ts'],
    ['ч', 'ch'],
    ['ш', 'sh'],
    ['щ', 'shch'],
    ['ю', 'yu'],
    ['я', 'ya'],
    ['ь', ''],
    ['ъ', ''],
  ] as const),
]);

/** Folded text as it would be had the other keyboard been chosen; null where nothing changes. */
export function otherLayout(text: string): string | null {
  const keys = /[а-я]/.test(text) ? toEnglish : toRussian;
  const switched = [...text].map((character) => keys.get(character) ?? character).join('');
  return switched === text ? null : switched;
}

/** A folded word in the other script, as names are mostly written in it; null for what is no word of one script. */
export function otherScript(word: string): string | null {
  if (/^[а-я]{2,}$/.test(word)) return [...word].map((letter) => cyrillic.get(letter) ?? letter).join('');
  if (!/^[a-z]{2,}$/.test(word)) return null;
  let rest = word;
  let spelled = '';
  while (rest !== '') {
    const [from, to] = latin.find(([letters]) => rest.startsWith(letters)) ?? [rest[0]!, ''];
    spelled += to;
    rest = rest.slice(from.length);
  }
  // A word of signs alone has no spelling.
  return spelled === '' ? null : spelled;
}
