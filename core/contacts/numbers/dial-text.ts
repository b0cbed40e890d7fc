/**
 * A number in its normal form with the extension behind it, in one text that `parseNumber` parts again: `+74951234567,12`.
 */
export function dialText(number: string, extension: string | null): string {
  if (extension === null || extension === '') return number;
  return /^\d{7,}$/.test(extension) ? `${number};ext=${extension}` : `${number},${extension}`;
}
