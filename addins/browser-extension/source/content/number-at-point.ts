import { isLeftAlone } from './left-alone.ts';
import type { Marks } from './marks.ts';
import type { FoundNumber } from './number-finder.ts';

export interface NumberAtPoint {
  number: FoundNumber;
  /** Where it is on the screen, for what is shown beside it. */
  rectangle: DOMRect;
}

/** The marked number under a point of the window; none beside it, though a caret would go there. */
export function numberAtPoint(marks: Marks, x: number, y: number): NumberAtPoint | null {
  const position = document.caretPositionFromPoint(x, y);
  const text = position?.offsetNode;
  if (!(text instanceof Text) || isLeftAlone(text)) return null;
  const number = marks.at(text, position?.offset ?? 0);
  if (!number) return null;
  const range = document.createRange();
  range.setStart(text, number.start);
  range.setEnd(text, number.end);
  const isWithin = ({ left, right, top, bottom }: DOMRect) => x >= left && x <= right && y >= top && y <= bottom;
  const rectangle = [...range.getClientRects()].find(isWithin);
  return rectangle ? { number, rectangle } : null;
}
