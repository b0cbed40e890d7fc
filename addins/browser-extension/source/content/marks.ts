import type { FoundNumber } from './number-finder.ts';

/** Paints numbers without touching the page. */
export interface Painter {
  /** @returns a function that takes it off again */
  paint(text: Text, number: FoundNumber): () => void;
}

interface Marked {
  text: string;
  marks: { number: FoundNumber; erase(): void }[];
}

const mostMarked = 3000;

/** The numbers that are marked in a page, by the text node they stand in. Pages cannot reach it. */
export class Marks {
  private readonly painter: Painter;
  private readonly texts = new Map<Text, Marked>();
  private marked = 0;

  constructor(painter: Painter) {
    this.painter = painter;
  }

  get count(): number {
    return this.marked;
  }

  get isFull(): boolean {
    return this.marked >= mostMarked;
  }

  set(text: Text, numbers: readonly FoundNumber[]): void {
    this.remove(text);
    if (numbers.length === 0 || this.isFull) return;
    const marks = numbers.map((number) => ({ number, erase: this.painter.paint(text, number) }));
    this.texts.set(text, { text: text.data, marks });
    this.marked += marks.length;
  }

  /** Whether it was marked, and says the same still. */
  has(text: Text): boolean {
    return this.texts.get(text)?.text === text.data;
  }

  remove(text: Text): void {
    const known = this.texts.get(text);
    if (!known) return;
    for (const { erase } of known.marks) erase();
    this.marked -= known.marks.length;
    this.texts.delete(text);
  }

  /** Of what has left the page. */
  sweep(): void {
    for (const text of this.texts.keys()) if (!text.isConnected) this.remove(text);
  }

  clear(): void {
    for (const text of [...this.texts.keys()]) this.remove(text);
  }

  /** The number at this place, if the page still says there what was marked. */
  at(text: Text, offset: number): FoundNumber | null {
    const known = this.texts.get(text);
    if (!known || known.text !== text.data) return null;
    return known.marks.find(({ number }) => offset >= number.start && offset <= number.end)?.number ?? null;
  }
}
