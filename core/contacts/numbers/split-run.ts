import type { ParsedNumber } from './number-rules.ts';

/** Reads one number; null for none. */
export type ReadOne = (text: string) => ParsedNumber | null;

const mostGroups = 100;

const digitCount = (text: string): number => text.replace(/\D/g, '').length;

function isWhole(number: ParsedNumber | null): boolean {
  return number !== null && number.kind === 'public' && number.valid;
}

const isComplete = (number: ParsedNumber | null) => isWhole(number) && !number!.rules.includes('area-code');

/** Prefixes that could be a number, of the lengths that most have first: with trunk prefix or country code, without, local. */
function prefixes(groups: readonly string[]): { text: string; count: number }[] {
  const found: { text: string; count: number; digits: number }[] = [];
  let text = '';
  for (let count = 1; count <= groups.length && digitCount(text) <= 15; count += 1) {
    text = groups.slice(0, count).join(' ');
    const digits = digitCount(text);
    if (digits >= 5 && digits <= 15) found.push({ text, count, digits });
  }
  const order = [11, 10, 12, 7, 13, 14, 15, 9, 8, 6, 5];
  return found.sort((a, b) => order.indexOf(a.digits) - order.indexOf(b.digits));
}

/** All of the groups as numbers one behind the other; null when that does not come out even. */
function evenly(groups: readonly string[], read: ReadOne): string[] | null {
  if (groups.length === 0) return [];
  for (const { text, count } of prefixes(groups)) {
    if (!isWhole(read(text))) continue;
    const rest = evenly(groups.slice(count), read);
    if (rest) return [text, ...rest];
  }
  return null;
}

/** Numbers with nothing but a blank between them; what is no whole number behind the first is left out. */
function splitAtBlanks(run: string, read: ReadOne): string[] {
  const groups = run.trim().split(/\s+/).slice(0, mostGroups);
  const digits = digitCount(run);
  if (groups.length < 2 || digits < 11 || (digits <= 15 && read(run)?.kind === 'public')) return [run];
  const even = evenly(groups, read);
  if (even) return even;
  const first = prefixes(groups).find(({ text }) => isComplete(read(text)));
  if (!first) {
    // «№ 1 8 916 …»
    const behind = groups.slice(1).join(' ');
    return digitCount(groups[0]!) <= 2 && digitCount(behind) === 11 && isComplete(read(behind)) ? [behind] : [run];
  }
  const others = splitAtBlanks(groups.slice(first.count).join(' '), read);
  return [first.text, ...others.filter((text) => isWhole(read(text)))];
}

/**
 * Parts figures that follow each other with blanks and slashes only. `…-67/68` gives the first alone: what the second
 * is, nobody can say for sure. `030/123456` is one number.
 */
export function splitRun(run: string, read: ReadOne): string[] {
  const [first = '', ...others] = run.split('/');
  const sides = [first];
  for (const other of others) {
    const before = sides.at(-1)!;
    if (!isWhole(read(before))) sides[sides.length - 1] = `${before}/${other}`;
    else if (digitCount(other) >= 5) sides.push(other);
  }
  return sides.flatMap((side) => splitAtBlanks(side, read));
}
