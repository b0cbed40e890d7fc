import type { FoundNumber } from './number-finder.ts';
import type { Painter } from './marks.ts';

/** Of the style sheet `content.css`. */
export const highlightName = 'offhook-number';

/**
 * Paints by the CSS Custom Highlight API: nothing is put into the page, so neither its layout, nor a selection, nor
 * what is copied, nor the program that made it notices.
 */
export class HighlightPainter implements Painter {
  private readonly highlight = new Highlight();

  constructor() {
    CSS.highlights.set(highlightName, this.highlight);
  }

  paint(text: Text, { start, end }: FoundNumber): () => void {
    const range = new StaticRange({ startContainer: text, startOffset: start, endContainer: text, endOffset: end });
    this.highlight.add(range);
    return () => void this.highlight.delete(range);
  }
}
