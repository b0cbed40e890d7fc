const longestName = 31;

/**
 * Name of the nth sheet, counting from 1, as Excel allows it: at most 31 characters, none of `[]:*?/\`, no apostrophe at
 * either end.
 */
export function sheetName(title: string, nth: number): string {
  const ending = nth === 1 ? '' : ` ${nth}`;
  const allowed = title.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ').replace(/\s+/g, ' ');
  const cut = [...allowed].slice(0, longestName - ending.length).join('');
  const name = cut.slice(0, longestName - ending.length).replace(/^[\s']+|[\s']+$/g, '');
  return (name || 'Calls') + ending;
}
