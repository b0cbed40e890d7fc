/** RFC 4180, read by a machine of three states that shares nothing with what writes it. */
export function parseCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let state: 'plain' | 'quoted' | 'quote' = 'plain';
  const endField = () => {
    rows.at(-1)?.push(field);
    field = '';
    state = 'plain';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (state === 'quoted') {
      if (character === '"') state = 'quote';
      else field += character;
    } else if (character === '"') {
      if (state === 'quote') field += '"';
      state = 'quoted';
    } else if (character === separator) endField();
    else if (character === '\r' && text[at + 1] === '\n') {
      endField();
      rows.push([]);
      at += 1;
    } else field += character;
  }
  if (field !== '') endField();
  return rows.filter((row) => row.length > 0);
}
