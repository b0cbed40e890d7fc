/** Case and ё do not count, nor how a letter is put together. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  const composed = /[\u0300-\u036f\uff00-\uffef]/.test(lower) ? lower.normalize('NFKC') : lower;
  return composed.includes('ё') ? composed.replaceAll('ё', 'е') : composed;
}

/** Words of a folded text: letters and digits that follow each other. */
export function wordsOf(folded: string): string[] {
  return folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
