import { RecordScanner } from './record-scanner.ts';

const delimiters = [';', '\t', ',', '|'] as const;
const looked = 50;

/** Excel's own word on the delimiter, in a first line that is no row of the table. */
const declared = /^sep=(.)(?:\r\n?|\n)/i;

/** How many fields the rows have, and how many rows agree on that. */
function evenness(text: string, delimiter: string): number {
  const counts = new RecordScanner(delimiter)
    .write(text)
    .map(({ fields }) => fields.length)
    .filter((count) => count > 1)
    .slice(0, looked);
  if (counts.length === 0) return 0;
  const often = new Map<number, number>();
  for (const count of counts) often.set(count, (often.get(count) ?? 0) + 1);
  const most = Math.max(...often.values());
  const rows = text.split('\n', looked).length;
  return (most / counts.length) * (counts.length / Math.max(rows, counts.length)) * Math.log2(1 + Math.max(...counts));
}

export interface FoundDelimiter {
  delimiter: string;
  /** Where the table begins. */
  start: number;
}

/**
 * Finds what parts the fields of a text table: what parts most rows into the same number of fields, outside of quotes.
 * @param text its beginning
 */
export function findDelimiter(text: string): FoundDelimiter {
  const said = declared.exec(text);
  if (said) return { delimiter: said[1]!, start: said[0].length };
  const scored = delimiters.map((delimiter) => ({ delimiter, score: evenness(`${text}\n`, delimiter) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return { delimiter: best.delimiter, start: 0 };
}
