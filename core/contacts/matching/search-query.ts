import { otherLayout, otherScript } from './layouts.ts';
import { foldText, wordsOf } from './search-words.ts';

/** One way to take a part of what was typed: all of its needles must be found. */
export interface Reading {
  needles: readonly string[];
  /** Digits of a number, at its beginning or anywhere; beside the needles' own meaning. */
  number: NumberNeedle | null;
  /** Not as it was typed: in the other layout, or in the other script. */
  guessed: boolean;
  /** Only where no reading before it finds anybody. */
  last: boolean;
}

export interface NumberNeedle {
  /** Anywhere in a number; null when only its beginning will do. */
  anywhere: string | null;
  /** At the beginning of a whole number. */
  beginnings: readonly string[];
}

const mostParts = 12;
const numberPart = /^\+?[\d()./-]*\d[\d()./-]*$/;

/** Digits as typed, also by who writes 8, 810 or 00 where the whole number has a country code. */
function numberNeedle(typed: string): NumberNeedle {
  const digits = typed.replace(/\D/g, '');
  if (typed.startsWith('+')) return { anywhere: null, beginnings: [digits] };
  const abroad = /^(?:810|00)(\d+)$/.exec(digits)?.[1];
  const national = /^8(\d+)$/.exec(digits)?.[1];
  return {
    anywhere: digits,
    beginnings: [...(abroad === undefined ? [] : [abroad]), ...(national === undefined ? [] : [`7${national}`])],
  };
}

function readingsOf(part: string): Reading[] {
  const typed = wordsOf(part);
  const switched = wordsOf(otherLayout(part) ?? '');
  const spelled = typed.map((word) => otherScript(word) ?? word);
  const readings = [{ needles: typed, number: null, guessed: false, last: false }];
  for (const needles of [switched, spelled])
    if (needles.join() !== typed.join()) readings.push({ needles, number: null, guessed: true, last: false });
  return readings.filter(({ needles }) => needles.length > 0);
}

/**
 * What a text asks for: every part must be found, each by one of its readings. Figures that stand together are one
 * number, `8 (916) 123`, unless nobody has that.
 */
export function parseQuery(text: string): Reading[][] {
  const parts: Reading[][] = [];
  let figures: string[] = [];
  const endOfFigures = () => {
    if (figures.length === 0) return;
    const whole = figures.join('');
    const apart = figures.map((one) => one.replace(/\D/g, ''));
    parts.push([{ needles: [whole.replace(/\D/g, '')], number: numberNeedle(whole), guessed: false, last: false }]);
    if (figures.length > 1) parts.at(-1)!.push({ needles: apart, number: null, guessed: true, last: true });
    figures = [];
  };
  for (const part of foldText(text).split(/\s+/).filter(Boolean)) {
    if (numberPart.test(part)) {
      figures.push(part);
      continue;
    }
    endOfFigures();
    const readings = readingsOf(part);
    if (readings.length > 0) parts.push(readings);
  }
  endOfFigures();
  return parts.slice(0, mostParts);
}
