import type { FoundNumber } from './number-finder.ts';
import type { Painter } from './marks.ts';

/** Of the style sheet `content.css`. */
export const highlightName = 'offhook-number';

/**
 * Paints by the CSS Custom Highlight API: nothing is put into the page, so neither its layout, nor a selection, nor
 * what is copied, nor the program that made it notices.
 */
export class HighlightPainter implements Painter {
  private readonly highlight: Highlight;

  private constructor(highlight: Highlight) {
    this.highlight = highlight;
  }

  /** Null where a browser does not let extensions paint so: what cannot be seen is not to be clicked either. */
  static open(): HighlightPainter | null {
    try {
      const highlight = new Highlight();
      CSS.highlights.set(highlightName, highlight);
      return new HighlightPainter(highlight);
    } catch {
      // Whatever the reason, there is nothing to do about it.
      return null;
    }
  }

  paint(text: Text, { start, end }: FoundNumber): () => void {
    const range = new StaticRange({ startContainer: text, startOffset: start, endContainer: text, endOffset: end });
    this.highlight.add(range);
    return () => void this.highlight.delete(range);
  }
}
