import { insertion, type Edit } from '../package/edits.ts';
import { byteLength, encodeText } from './encode-text.ts';
import { quotedField } from './field-text.ts';
import type { PlacedRecord, TextForm } from './scan-records.ts';

/** Whether all that is in the record is in quotes, as some programs write everything. */
function quotesAll({ raw, places }: PlacedRecord): boolean {
  const fields = Array.from({ length: places.length / 2 }, (_each, index) =>
    raw.slice(places[2 * index], places[2 * index + 1]),
  );
  const filled = fields.filter((field) => field !== '');
  return filled.length > 0 && filled.every((field) => field.startsWith('"'));
}

/**
 * Other texts in some fields of a record; everything else of it stays byte for byte. A record that is too short gets as
 * many delimiters as the columns need.
 */
export function recordEdits(record: PlacedRecord, fields: ReadonlyMap<number, string>, form: TextForm): Edit[] {
  const { raw, places, at } = record;
  const { encoding, delimiter } = form;
  const count = places.length / 2;
  const always = quotesAll(record);
  const bytesTo = (place: number) => at + byteLength(raw.slice(0, place), encoding);
  const edits: Edit[] = [];
  let [added, width] = ['', count];
  for (const [column, text] of [...fields].sort(([one], [other]) => one - other)) {
    if (column < count) {
      const [from, to] = [places[2 * column]!, places[2 * column + 1]!];
      const field = quotedField(text, delimiter, always || raw[from] === '"');
      const length = byteLength(raw.slice(from, to), encoding);
      edits.push(insertion(bytesTo(from), encodeText(field, encoding), length));
    } else if (text !== '') {
      added += delimiter.repeat(column - width + 1) + quotedField(text, delimiter, always);
      width = column + 1;
    }
  }
  if (added !== '') edits.push(insertion(bytesTo(places[2 * count - 1]!), encodeText(added, encoding)));
  return edits;
}
