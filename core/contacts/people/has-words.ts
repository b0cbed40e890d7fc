/** Letters that people use for each other, and case, do not count. */
export function foldName(text: string): string {
  return text.toLocaleLowerCase('ru').replaceAll('ё', 'е');
}

/** Whether each word begins a word of the name. */
export function hasWords(name: string, words: readonly string[]): boolean {
  const own = foldName(name).split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => own.some((part) => part.startsWith(foldName(word))));
}
