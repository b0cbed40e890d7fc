/**
 * A number with the extension behind it, in one text that the agent parts again: behind a comma alone, seven digits and
 * more would be a second number.
 */
export function withExtension(number: string, extension: string | null): string {
  if (!extension) return number;
  return number + (/^\d{7,}$/.test(extension) ? ';ext=' : ',') + extension;
}
