import { xmlAttributes } from './xml-text.ts';
import { nameHash, type XmlSink } from './xml-scanner.ts';

export type Attributes = ReadonlyMap<string, string>;

/** Tells of the elements of a small part that somebody asked for, by their names without prefix. */
export class ElementSink implements XmlSink {
  readonly wantsText = false;
  done = false;
  readonly quickLetter = 0;
  private readonly root: number;
  private readonly known: Map<number, (attributes: Attributes) => void>;

  /** @param root whose end is the end of the part */
  constructor(root: string, known: Record<string, (attributes: Attributes) => void>) {
    this.root = nameHash(root);
    this.known = new Map(Object.entries(known).map(([name, tell]) => [nameHash(name), tell]));
  }

  open(name: number, bytes: Buffer, from: number, to: number): void {
    this.known.get(name)?.(xmlAttributes(bytes, from, to));
  }

  close(name: number): void {
    if (name === this.root) this.done = true;
  }

  text(): void {}

  quick(): number {
    return -1;
  }
}
