import { TextStore } from './text-store.ts';
import { needsReading, unescapeCell, xmlText } from './xml-text.ts';
import { nameHash, type XmlSink } from './xml-scanner.ts';

const [item, text, phonetic, table] = ['si', 't', 'rPh', 'sst'].map(nameHash);
const less = 0x3c;
const quickStart = Buffer.from('<si><t>');
const quickEnd = Buffer.from('</t></si>');

/**
 * The texts that the cells of a workbook share (ECMA-376 part 1, 18.4). The runs of a rich text are joined; how a text is
 * pronounced is left out.
 */
export class SharedStrings implements XmlSink {
  wantsText = false;
  done = false;
  readonly quickLetter = quickStart[1]!;
  private readonly store = new TextStore();
  private inPhonetic = false;

  /** Empty where there is no such text. */
  at(index: number): string {
    return this.store.at(index);
  }

  open(name: number): void {
    if (name === text) this.wantsText = !this.inPhonetic;
    else if (name === phonetic) this.inPhonetic = true;
  }

  close(name: number): void {
    if (name === text) this.wantsText = false;
    else if (name === item) this.store.keep();
    else if (name === phonetic) this.inPhonetic = false;
    else if (name === table) this.done = true;
  }

  text(bytes: Buffer, from: number, to: number, literal: boolean): void {
    if (!needsReading(bytes, from, to)) {
      this.store.append(bytes, from, to);
      return;
    }
    const read = Buffer.from(unescapeCell(xmlText(bytes, from, to, literal)));
    this.store.append(read, 0, read.length);
  }

  /** `<si><t>…</t></si>` */
  quick(bytes: Buffer, at: number, end: number): number {
    if (!isAt(bytes, at, quickStart)) return -1;
    const from = at + quickStart.length;
    let to = from;
    while (to < end && bytes[to] !== less) to += 1;
    if (!isAt(bytes, to, quickEnd)) return -1;
    this.text(bytes, from, to, false);
    this.store.keep();
    return to + quickEnd.length;
  }
}

function isAt(bytes: Buffer, at: number, expected: Buffer): boolean {
  if (at + expected.length > bytes.length) return false;
  for (let index = 0; index < expected.length; index++) if (bytes[at + index] !== expected[index]) return false;
  return true;
}
