import type { NumberAtPoint } from './number-at-point.ts';

/** What a click of the user asks to dial. */
export interface ClickedNumber {
  /** A number as written, or a whole `tel:` or `callto:` link. */
  text: string;
  /** The link, where it was one. */
  link: string | null;
  rectangle: DOMRect;
}

const dialLink = 'a[href^="tel:" i], a[href^="callto:" i]';
const longest = 256;

function clickedLink(event: MouseEvent): ClickedNumber | null {
  const target = event.composedPath()[0];
  const anchor = target instanceof Element ? target.closest<HTMLAnchorElement>(dialLink) : null;
  const href = anchor?.getAttribute('href') ?? '';
  if (!anchor || href.length > longest || anchor.isContentEditable) return null;
  return { text: href, link: href, rectangle: anchor.getBoundingClientRect() };
}

/** A plain click of the main button; with a key held it means something else to the browser or the page. */
function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

export interface ClickOptions {
  numberAt(x: number, y: number): NumberAtPoint | null;
  onDial(clicked: ClickedNumber): void;
}

/**
 * Hears the user's own clicks on numbers. What a page's script clicks is not trusted by the browser, and dials nothing;
 * marking a number with the mouse is no click on it either.
 * @returns a function that stops it
 */
export function hearClicks({ numberAt, onDial }: ClickOptions): () => void {
  const hear = (event: MouseEvent) => {
    if (!event.isTrusted || !isPlain(event)) return;
    let clicked = clickedLink(event);
    if (!clicked && getSelection()?.isCollapsed !== false) {
      const found = numberAt(event.clientX, event.clientY);
      if (found) clicked = { text: found.number.written, link: null, rectangle: found.rectangle };
    }
    if (!clicked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    onDial(clicked);
  };
  addEventListener('click', hear, { capture: true });
  return () => removeEventListener('click', hear, { capture: true });
}
