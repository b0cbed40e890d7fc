/** UTF-16 units that a cell may hold. */
export const longestText = 32_767;

// Everything that XML 1.0 cannot hold, and halves of characters.
const illegal =
  // eslint-disable-next-line no-control-regex -- these are the characters meant
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text as a cell can hold it: line breaks are `\n`, and what no XML can hold is left out. */
export function cellText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(illegal, '');
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // Else it would be read as an escape of a spreadsheet's own (ECMA-376 part 1, 22.9.2.19).
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  );
}

/** What a cell becomes. `content` is what is in its element; null for an empty one. */
export interface CellContent {
  /** Of the workbook's cell styles; null leaves it out. */
  style: number | null;
  type: 'inlineStr' | null;
  content: ((prefix: string) => string) | null;
}

/** An inline string, so that the texts that all sheets share stay as they are. Never a formula, whatever it begins with. */
export function textContent(text: string, style: number | null): CellContent {
  const shown = escaped(cellText(text));
  const content = (prefix: string) =>
    `<${prefix}is><${prefix}t xml:space="preserve">${shown}</${prefix}t></${prefix}is>`;
  return { style, type: 'inlineStr', content };
}

export function numberContent(value: number, style: number | null): CellContent {
  return { style, type: null, content: (prefix) => `<${prefix}v>${value}</${prefix}v>` };
}

export const emptyContent = (style: number | null): CellContent => ({ style, type: null, content: null });

/** @param prefix of the sheet's elements, with its colon; empty for none */
export function cellElement(reference: string, { style, type, content }: CellContent, prefix: string): string {
  const styled = style === null ? '' : ` s="${style}"`;
  const typed = type === null ? '' : ` t="${type}"`;
  const tag = `<${prefix}c r="${reference}"${styled}${typed}`;
  return content === null ? `${tag}/>` : `${tag}>${content(prefix)}</${prefix}c>`;
}
