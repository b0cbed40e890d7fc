import { showLine } from '#core/foundation/index.ts';

/** As much of a number as is written of it: all, without its country's code, without its town's. */
const endings = [Infinity, 10, 7];
const longest = 60;

/** How a number that was found in a text is written there; empty where that cannot be told. */
export function writtenNumber(number: string, text: string): string {
  const digits = number.replace(/\D/g, '');
  if (digits.length < 3) return '';
  for (const most of endings) {
    const ending = [...digits.slice(-most)].join('[^\\d\\n]{0,3}');
    const found = new RegExp(`(?:[+(\\d*#][\\d\\s().\\-/*#]{0,24})?${ending}`, 'u').exec(text);
    if (found) return showLine(found[0], longest);
  }
  return '';
}
