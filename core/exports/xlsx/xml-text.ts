/** The most that a cell takes, in UTF-16 units. */
const longestCell = 32_767;

/**
 * Text as it may stand in a cell's XML. Characters that XML cannot hold are left out; what reads like a spreadsheet's own
 * escape (`_x0041_`, ECMA-376 part 1, 22.9.2.19) is escaped itself.
 */
export function xmlText(text: string): string {
  const cut = text.length > longestCell ? text.slice(0, longestCell) : text;
  // Nearly all texts have nothing of the kind.
  if (!/[&<>_\p{Cc}\p{Cs}\ufffe\uffff]/u.test(cut)) return cut;
  return cut
    .toWellFormed()
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The same for an attribute's value. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', ' ');
}
