/**
 * Which of the forms separated by `|` a Russian number takes: one (1, 21), few (2–4, 22), many (0, 5–20).
 * With four forms the first is for zero.
 */
export function russianPlural(count: number, forms: number): number {
  if (forms > 3 && count === 0) return 0;
  const shift = forms > 3 ? 1 : 0;
  const [tens, ones] = [count % 100, count % 10];
  if (ones === 1 && tens !== 11) return shift;
  if (ones >= 2 && ones <= 4 && (tens < 12 || tens > 14)) return shift + 1;
  return Math.min(shift + 2, forms - 1);
}
