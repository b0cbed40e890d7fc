import { TextStore } from './text-store.ts';
import { needsReading, unescapeCell, xmlText } from './xml-text.ts';
import { nameHash, type XmlSink } from './xml-scanner.ts';

const [item, text, phonetic, table] = ['si', 't', 'rPh', 'sst'].map(nameHash);
const [less, greater, slash, letterS, letterI, letterT] = [0x3c, 0x3e, 0x2f, 0x73, 0x69, 0x74];

/**
 * The texts that the cells of a workbook share (ECMA-376 part 1, 18.4). The runs of a rich text are joined; how a text is
 * pronounced is left out.
 */
export class SharedStrings implements XmlSink {
  wantsText = false;
  done = false;
  readonly quickLetter = letterS;
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
    if (!isItemStart(bytes, at)) return -1;
    const from = at + 7;
    let to = this.store.appendPlain(bytes, from, end);
    const isPlain = bytes[to] === less;
    while (to < end && bytes[to] !== less) to += 1;
    if (!isItemEnd(bytes, to)) {
      this.store.drop();
      return -1;
    }
    if (!isPlain) {
      this.store.drop();
      this.text(bytes, from, to, false);
    }
    this.store.keep();
    return to + 9;
  }
}

/** `<si><t>`, of which the first two bytes are known. */
function isItemStart(bytes: Buffer, at: number): boolean {
  return (
    bytes[at + 2] === letterI &&
    bytes[at + 3] === greater &&
    bytes[at + 4] === less &&
    bytes[at + 5] === letterT &&
    bytes[at + 6] === greater
  );
}

/** `</t></si>`, of which the first byte is known. */
function isItemEnd(bytes: Buffer, at: number): boolean {
  return (
    at + 9 <= bytes.length &&
    bytes[at + 1] === slash &&
    bytes[at + 2] === letterT &&
    bytes[at + 3] === greater &&
    bytes[at + 4] === less &&
    bytes[at + 5] === slash &&
    bytes[at + 6] === letterS &&
    bytes[at + 7] === letterI &&
    bytes[at + 8] === greater
  );
}
