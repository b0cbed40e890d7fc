import { readProperty, textOf, type CardProperty, type CardVersion } from './card-property.ts';
import { LineJoiner, type ContentLine } from './line-joiner.ts';
import { LineSplitter, type RawLine } from './line-splitter.ts';

export interface Card {
  kind: 'card';
  /** Of its first line, counted from 1. */
  line: number;
  properties: readonly CardProperty[];
  /** Something was left out as too large. */
  cut: boolean;
}

/** One that has no end, or too much in it. */
export interface BrokenCard {
  kind: 'broken';
  line: number;
  /** As far as it was read; may be empty. */
  name: string;
}

interface OpenCard {
  line: number;
  lines: ContentLine[];
  version: CardVersion | null;
  cut: boolean;
}

/** No card that a person wrote has as many. */
const mostProperties = 5000;
/** RFC 2426 and 2.1 let a card stand within one as an agent; its lines are none of ours. */
const agent = /^(?:[\w-]+\.)?AGENT[^:]*:\s*$/i;

/**
 * Takes the cards out of what comes in pieces, each by its BEGIN and END, whatever stands between them. Holds one card at
 * a time. A card within which another begins was cut off.
 */
export class CardReader {
  private readonly splitter = new LineSplitter();
  private readonly joiner = new LineJoiner();
  private open: OpenCard | null = null;
  private agents = 0;

  /** @param piece one character for each byte */
  push(piece: string): (Card | BrokenCard)[] {
    return this.splitter.push(piece).flatMap((line) => this.line(line));
  }

  end(): (Card | BrokenCard)[] {
    const last = this.splitter.end().flatMap((line) => this.line(line));
    return [...last, ...this.content(this.joiner.end()), ...this.giveUp()];
  }

  private line(raw: RawLine): (Card | BrokenCard)[] {
    // A byte order mark also begins each of several files that were put one behind the other.
    const text = raw.text.startsWith('\u00ef\u00bb\u00bf') ? raw.text.slice(3) : raw.text;
    return this.content(this.joiner.push({ ...raw, text }));
  }

  private content(line: ContentLine | null): (Card | BrokenCard)[] {
    if (!line) return [];
    if (/^BEGIN:VCARD\s*$/i.test(line.text)) return this.begin(line.number);
    if (/^END:VCARD\s*$/i.test(line.text)) return this.finish();
    if (!this.open || this.agents > 0) return [];
    if (line.head?.name === 'VERSION') this.setVersion(this.open, line.text.slice(line.head.valueAt).trim());
    if (line.cut || this.open.lines.length >= mostProperties) this.open.cut = true;
    else this.open.lines.push(line);
    return [];
  }

  private setVersion(card: OpenCard, version: string): void {
    if (version === '2.1' || version === '3.0' || version === '4.0') card.version = version;
    this.joiner.keepsSpaces = version === '2.1';
  }

  private begin(line: number): (Card | BrokenCard)[] {
    const previous = this.open?.lines.at(-1);
    if (this.open && (this.agents > 0 || (previous && agent.test(previous.text)))) {
      this.agents += 1;
      return [];
    }
    const broken = this.giveUp();
    this.open = { line, lines: [], version: null, cut: false };
    this.joiner.keepsSpaces = false;
    return broken;
  }

  private finish(): Card[] {
    if (this.agents > 0) {
      this.agents -= 1;
      return [];
    }
    const done = this.open;
    this.open = null;
    return done ? [{ kind: 'card', line: done.line, properties: propertiesOf(done), cut: done.cut }] : [];
  }

  private giveUp(): BrokenCard[] {
    const left = this.open;
    this.open = null;
    this.agents = 0;
    if (!left) return [];
    const named = propertiesOf(left).find(({ name }) => name === 'FN');
    return [{ kind: 'broken', line: left.line, name: named ? textOf(named) : '' }];
  }
}

/** A card that names no version is of the one that its way of writing fits. */
function propertiesOf({ lines, version }: OpenCard): CardProperty[] {
  const known = version ?? (lines.some(({ head }) => head?.bare) ? '2.1' : '3.0');
  return lines.map((line) => readProperty(line, known)).filter((property) => property !== null);
}
