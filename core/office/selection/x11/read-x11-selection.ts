import { propertyNotify, type X11Property, type X11Window } from './x11-window.ts';

const selectionNotify = 31;
/** Of one answer, and of each piece of a long one. ms. */
const patience = 1_500;
export const mostBytes = 64 * 1024 * 1024;

const kindOf = (event: Buffer) => event.readUInt8(0) & 0x7f;

/** What comes in pieces, each when the one before was taken away (ICCCM 2.7.2). */
async function readInPieces(window: X11Window, property: number): Promise<X11Property> {
  const pieces: X11Property[] = [];
  let size = 0;
  const isNext = (event: Buffer) =>
    kindOf(event) === propertyNotify &&
    event.readUInt32LE(4) === window.id &&
    event.readUInt32LE(8) === property &&
    event.readUInt8(16) === 0;
  let next = window.wait(isNext, patience);
  window.deleteProperty(property);
  for (;;) {
    await next.arrived;
    // Before the property goes: its going is what the next piece waits for.
    next = window.wait(isNext, patience);
    const piece = await window.property(property, mostBytes, true);
    if (piece.bytes.length === 0) {
      next.dispose();
      return { ...(pieces[0] ?? piece), bytes: Buffer.concat(pieces.map(({ bytes }) => bytes)) };
    }
    pieces.push(piece);
    size += piece.bytes.length;
    if (size > mostBytes) throw new Error('more than can be kept');
  }
}

/** The selection in one of its forms; null where its owner does not give it so. */
export async function readX11Selection(
  window: X11Window,
  selection: string,
  target: string,
): Promise<X11Property | null> {
  const [selectionAtom, targetAtom] = [await window.atom(selection), await window.atom(target)];
  const [property, incremental] = [await window.atom('OFFHOOK_SELECTION'), await window.atom('INCR')];
  const isAnswer = (event: Buffer) =>
    kindOf(event) === selectionNotify && event.readUInt32LE(8) === window.id && event.readUInt32LE(16) === targetAtom;
  const answered = window.wait(isAnswer, patience);
  window.convert(selectionAtom, targetAtom, property);
  if ((await answered.arrived).readUInt32LE(20) === 0) return null;
  const value = await window.property(property, mostBytes, false);
  if (value.type === incremental) return readInPieces(window, property);
  window.deleteProperty(property);
  return value;
}

/** Its text; empty where there is none. */
export async function readX11Text(window: X11Window, selection: string): Promise<string> {
  if ((await window.owner(await window.atom(selection))) === 0) return '';
  const text = await readX11Selection(window, selection, 'UTF8_STRING');
  if (text) return text.bytes.toString('utf8');
  return (await readX11Selection(window, selection, 'STRING'))?.bytes.toString('latin1') ?? '';
}
