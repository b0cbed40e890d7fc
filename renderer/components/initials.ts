/** Up to two first letters of a name's words, in capitals; empty where it has no letters (a number, hostile text). */
export function initials(name: string | null): string {
  const words = (name ?? '').normalize('NFC').split(/[\s,«»"'().]+/u);
  const letters = words.map((word) => /^\p{L}/u.exec(word)?.[0] ?? '').filter((letter) => letter !== '');
  return letters.slice(0, 2).join('').toLocaleUpperCase('ru');
}
