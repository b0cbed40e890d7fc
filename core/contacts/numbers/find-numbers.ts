import { cleanText } from './clean-text.ts';
import { hasOnlyLabels, numberRuns } from './find-digits.ts';
import type { NumberRules, ParsedNumber } from './number-rules.ts';
import { isFixedLine, isMobile } from './numbering-plan.ts';
import { isOtherFigure, isSum } from './other-figures.ts';
import { readNumber } from './parse-number.ts';
import { linesOf, splitLine, type CellPart } from './split-cell.ts';
import { splitRun } from './split-run.ts';

const mostCharacters = 4096;
const mostNumbers = 30;
// A cell with thirty numbers takes some hundred; hostile text runs dry.
const mostReadings = 1000;

const oneNumber = /^\s*\+?(?:[ ().-]{0,2}\d){10,12}\s*$/;
// Eleven digits are never a sum; what looks like a date is asked for below.
const oneWithExtension = /^\+?(?:[ ()-]{0,2}\d){11} ?доб\. ?\d{1,6}$/;
const dateWithin = /\d{4}-\d\d-\d\d/;
const extensionAlone = /^[\s.(]*(?:доб|вн|ext)\p{L}*[\s.:№#=]*(\d[\d-]{0,7})[\s).]*$/iu;
const extensionWord = /(?<!\p{L})(?:доб|вн|внутр|ext)/iu;
const shortList = /^\s*\d{2,6}(?:,\d{2,6})+\s*$/;

// «…-67,68,69»: of a phone's pauses there is one.
const moreEndings = /(?:,\d\d){2,}\s*$/;

const digitCount = (text: string): number => text.replace(/\D/g, '').length;

/** A number of a town of which the area code is not written. */
function isLocal(number: ParsedNumber): boolean {
  return number.rules.includes('area-code') || (number.kind === 'unknown' && /^\d{5,7}$/.test(number.number));
}

/** Reads one cell; keeps what it has found so far, since a number can lean on the one before. */
class CellReader {
  readonly found: ParsedNumber[] = [];
  /** Short numbers that only count where the whole cell is about numbers. */
  private readonly doubtful = new Set<ParsedNumber>();
  private readonly rules: NumberRules;
  private readings = 0;
  private words = false;

  constructor(rules: NumberRules) {
    this.rules = rules;
  }

  line(text: string): void {
    for (const part of splitLine(text)) {
      if (this.found.length >= mostNumbers) return;
      if (this.part(part)) continue;
      if (!hasOnlyLabels(part.text) && !part.text.includes('@')) this.words = true;
    }
  }

  numbers(): ParsedNumber[] {
    const kept = this.words ? this.found.filter((number) => !this.doubtful.has(number)) : this.found;
    const seen = new Set<string>();
    return kept.filter(({ number, extension }) => {
      const same = `${number} ${extension}`;
      return !seen.has(same) && seen.add(same);
    });
  }

  /** Whether there was anything in it that belongs to a number. */
  private part({ text: given, separator }: CellPart): boolean {
    const text = given.replace(moreEndings, '');
    if (!/\p{Nd}|@/u.test(text)) return false;
    const extension =
      extensionAlone.exec(text)?.[1] ?? (separator === ',' && /^\s*\d{3,6}\s*$/.test(text) ? text.trim() : null);
    if (extension !== null && this.extend(extension, extensionWord.test(text))) return true;
    if (shortList.test(text) && new Set(text.split(',').map((item) => item.trim().length)).size === 1)
      return text
        .split(',')
        .map((item) => this.short(item))
        .some(Boolean);
    if (/^\s*(?:sips?|tel|callto):/i.test(text)) return this.keep(this.read(text));
    if (text.includes('@')) return false;
    const runs = numberRuns(text);
    const long = runs.filter((run) => digitCount(run.text) >= 7);
    if (long.length === 0) return this.short(text);
    const pieces = long.map(({ text: run, index }, place) => {
      const next = long[place + 1];
      const end = next
        ? Math.max(...runs.filter((other) => other.index < next.index).map((other) => other.index + other.text.length))
        : text.length;
      return { run, index, end };
    });
    return pieces
      .map(({ run, index, end }, place) => {
        const before = text.slice(pieces[place - 1]?.end ?? 0, index);
        return this.piece(before, run, text.slice(index + run.length, end));
      })
      .some(Boolean);
  }

  /** Figures of seven digits and more, with the words before and behind them. */
  private piece(before: string, run: string, after: string): boolean {
    if (isOtherFigure(before, run, after) || isSum(run)) return true;
    const whole = this.read(before + run + after);
    if (whole?.kind === 'public' && whole.valid && digitCount(run) < 14)
      return this.keep(this.inherit(whole, before, run));
    const numbers = splitRun(run, (text) => this.read(text));
    if (numbers.length === 1 && numbers[0] === run) return this.keep(whole);
    return numbers
      .map((number, place) => {
        const text = (place === 0 ? before : '') + number + (place === numbers.length - 1 ? after : '');
        const read = this.read(text);
        return this.keep(read && this.inherit(read, place === 0 ? before : '', number));
      })
      .some(Boolean);
  }

  private short(text: string): boolean {
    const [run] = numberRuns(text);
    if (!run) return false;
    const before = text.slice(0, run.index);
    if (isOtherFigure(before, run.text, text.slice(run.index + run.text.length))) return false;
    const last = this.found.at(-1);
    // «…-67, 69» and «доб. 12 или 13» go on from the number before: what they stand for, nobody can say for sure.
    const goesOn = last?.kind === 'public' && (digitCount(text) <= 2 || last.extension !== null);
    if (goesOn && !/\p{L}/u.test(text)) return true;
    const read = this.read(text);
    const number = read?.kind === 'unknown' ? this.inherit(read, before, run.text) : read;
    if (!number || (number.kind === 'unknown' && isSum(run.text))) return false;
    if (!/\p{L}/u.test(before)) this.doubtful.add(number);
    return this.keep(number);
  }

  /** «…, доб. 12» names the extension of the number before. */
  private extend(extension: string, said: boolean): boolean {
    const last = this.found.at(-1);
    if (!last || last.extension !== null || last.kind !== 'public') return false;
    if (!said && isMobile(last.number)) return false;
    this.found[this.found.length - 1] = { ...last, extension: extension.replace(/-/g, '') };
    return true;
  }

  /** «+7 (812) 123-45-67, 765-43-21» is one town, whichever the office is in. */
  private inherit(number: ParsedNumber, before: string, written: string): ParsedNumber {
    const last = this.found.at(-1);
    if (!isLocal(number) || /\p{L}/u.test(before) || !last?.e164 || !isFixedLine(last.e164)) return number;
    const digits = written.replace(/\D/g, '');
    const there = this.read(last.e164.slice(0, -digits.length) + digits);
    return there?.valid ? { ...there, extension: number.extension, rules: ['area-code', 'country'] } : number;
  }

  private keep(number: ParsedNumber | null): boolean {
    if (number && this.found.length < mostNumbers) this.found.push(number);
    return number !== null;
  }

  private read(text: string): ParsedNumber | null {
    this.readings += 1;
    return this.readings > mostReadings ? null : readNumber(text, this.rules);
  }
}

function isOneNumber(text: string): boolean {
  return oneNumber.test(text) || (oneWithExtension.test(text) && !dateWithin.test(text));
}

/**
 * Every number in a text as people write them into one cell: parted by commas, semicolons, slashes, blanks or line
 * breaks, with words around. Dates, sums, houses and numbers of documents are left out where that can be told; in doubt
 * a short number is. Each once, in the order of the text, at most 30; looks at the first 4096 characters only.
 */
export function findNumbers(text: string, rules: NumberRules): ParsedNumber[] {
  if (isOneNumber(text)) {
    const number = readNumber(text, rules);
    if (number?.valid && number.kind === 'public' && !number.rules.includes('area-code')) return [number];
  }
  return findInAnyText(text, rules);
}

/** As `findNumbers`, for a text of any form. */
export function findInAnyText(text: string, rules: NumberRules): ParsedNumber[] {
  const reader = new CellReader(rules);
  for (const line of linesOf(text.slice(0, mostCharacters))) reader.line(cleanText(line, mostCharacters));
  const numbers = reader.numbers();
  if (numbers.length > 0) return numbers;
  // An address alone, and whatever else is only understood as a whole.
  const whole = text.includes('@') ? readNumber(text, rules) : null;
  return whole ? [whole] : [];
}
