import type { IdleWork } from './idle-work.ts';
import { isLeftAlone, leftAlone } from './left-alone.ts';
import type { Marks } from './marks.ts';
import type { FoundNumber } from './number-finder.ts';

/** Changes beyond this are not followed one by one: the page is read anew. */
const mostChanges = 2000;
/** Shorter texts have no number in them. */
const shortest = 7;
/** Texts without a number that are looked at in one step. */
const textsPerStep = 50;

export interface PageReaderOptions {
  root: Node;
  marks: Marks;
  work: IdleWork;
  find(text: string): FoundNumber[];
}

/** Looks for numbers in a page, and in what changes in it, while it is idle. */
export class PageReader {
  private readonly options: PageReaderOptions;
  private readonly observer: MutationObserver;

  constructor(options: PageReaderOptions) {
    this.options = options;
    this.observer = new MutationObserver((changes) => this.changed(changes));
  }

  start(): void {
    const { root, work } = this.options;
    this.observer.observe(root, { childList: true, characterData: true, subtree: true });
    work.add(this.read(root));
  }

  stop(): void {
    this.observer.disconnect();
    this.options.work.clear();
    this.options.marks.clear();
  }

  private changed(changes: readonly MutationRecord[]): void {
    const { work, root, marks } = this.options;
    const nodes = new Set<Node>();
    for (const { type, target, addedNodes } of changes) {
      if (type === 'characterData') nodes.add(target);
      else for (const node of addedNodes) nodes.add(node);
    }
    if (nodes.size + work.waiting > mostChanges) {
      work.clear();
      nodes.clear();
      nodes.add(root);
    }
    // Of what has left the page, too; it may have been all that there was room for.
    marks.sweep();
    for (const node of nodes) work.add(this.read(node));
  }

  private *read(root: Node): Iterator<void> {
    if (!root.isConnected || (root !== this.options.root && isLeftAlone(root))) return;
    if (root instanceof Text) return void this.look(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node instanceof Element) return node.matches(leftAlone) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
      return NodeFilter.FILTER_ACCEPT;
    });
    let looked = 0;
    while (walker.nextNode()) {
      const found = walker.currentNode instanceof Text && this.look(walker.currentNode);
      looked += 1;
      if (found || looked % textsPerStep === 0) yield;
      if (this.options.marks.isFull) return;
    }
  }

  /** @returns whether it was worth reading, which takes a while */
  private look(text: Text): boolean {
    const { marks, find } = this.options;
    if (marks.has(text)) return false;
    if (text.length < shortest || !/\d/.test(text.data)) {
      marks.remove(text);
      return false;
    }
    marks.set(text, find(text.data));
    return true;
  }
}
