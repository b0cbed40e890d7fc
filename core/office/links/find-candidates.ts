import { OffhookError, toReport } from '#contract/errors.ts';
import type { DialCandidate, DialSource } from '#contract/ipc/index.ts';
import { findNumbers, parseNumber, type ParsedNumber } from '#core/contacts/index.ts';
import { showLine } from '#core/foundation/index.ts';
import { makeCandidate, type CandidateMaker } from './dial-candidate.ts';
import { unreadable } from './link-text.ts';
import { isDialLink, readLink } from './read-link.ts';
import { writtenNumber } from './written-number.ts';

const mostCandidates = 50;
/** What `findNumbers` looks at in one go. */
const pieceLength = 4000;
const control = /\p{Cc}/u;

/** A line in parts that end at a blank, where there is one. */
function parts(line: string): string[] {
  const found: string[] = [];
  for (let rest = line; rest !== '';) {
    const blank = rest.length > pieceLength ? rest.lastIndexOf(' ', pieceLength) : -1;
    const end = blank > 0 ? blank : pieceLength;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return found;
}

/** A text in pieces that end where lines do. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let piece = '';
  for (const line of text.split('\n').flatMap(parts)) {
    if (piece.length + line.length > pieceLength && piece !== '') {
      found.push(piece);
      piece = '';
    }
    piece += `${line}\n`;
  }
  return [...found, piece];
}

function inText(text: string, maker: CandidateMaker): DialCandidate[] {
  const found = new Map<string, DialCandidate>();
  for (const piece of pieces(text))
    for (const number of findNumbers(piece, maker.settings)) {
      const key = `${number.number} ${number.extension}`;
      if (found.size < mostCandidates && !found.has(key))
        found.set(key, makeCandidate(number, writtenNumber(number.number, piece), maker));
    }
  if (found.size === 0) throw new OffhookError('dial.no-number');
  // What may be dialled comes first.
  const all = [...found.values()];
  return [...all.filter(({ refusal }) => !refusal), ...all.filter(({ refusal }) => refusal)];
}

function inLink(link: string, maker: CandidateMaker): DialCandidate {
  const { text, written } = readLink(link);
  return makeCandidate(
    readOne(text, () => unreadable(link), maker),
    written,
    maker,
  );
}

function readOne(text: string, otherwise: () => OffhookError, maker: CandidateMaker): ParsedNumber {
  try {
    return parseNumber(text, maker.settings);
  } catch (error) {
    if (toReport(error).code === 'internal.bug') throw error;
    throw otherwise();
  }
}

/** One number in any written form. A cell of a sheet may have several lines; nothing else has. */
function inForm(source: DialSource, text: string, maker: CandidateMaker): DialCandidate {
  if (source !== 'sheet' && control.test(text.trim())) throw unreadable(text);
  if (isDialLink(text)) return inLink(text, maker);
  return makeCandidate(parseNumber(text, maker.settings), showLine(text, 100), maker);
}

/**
 * The numbers of a wish to dial, at least one; the first is the one that is meant.
 * @throws OffhookError `dial.no-number`, `dial.refused-unreadable`, `number.*`
 */
export function findCandidates(source: DialSource, text: string, maker: CandidateMaker): DialCandidate[] {
  switch (source) {
    case 'link':
      return [inLink(text, maker)];
    case 'selection':
    case 'clipboard':
    case 'browser':
      return isDialLink(text) ? [inLink(text, maker)] : inText(text, maker);
    case 'program':
    case 'command-line':
    case 'sheet':
      return [inForm(source, text, maker)];
  }
}
