export interface SplitNumber {
  main: string;
  extension: string | null;
}

// «доб. 12», «вн.12», "ext 12", ";ext=12", "x12"; both the Latin x and the Cyrillic х.
const worded =
  /(?:;\s*ext\s*=|(?<!\p{L})(?:добавочный|добав|доб|внутренний|внутр|вн|доп|extension|extn|ext)(?!\p{L})|(?<=[\d)\s])[xх](?=\s*\d))[\s.:=№#]*(?:номер[\s.:№]*)?(\d[\d*#-]*)/iu;
// Only behind a whole number: `100#12` and `*21*100#` are service codes.
const marked = /^(.*\d)\s*[#*]\s*(\d{1,6})$/;
const paused = /^([^,]*\d[^,]*?)\s*([,pw]+)\s*(\d[\d*#,pw]{0,31})$/i;

function digitCount(text: string): number {
  return text.replace(/\D/g, '').length;
}

/** A comma alone before seven digits and more separates two numbers. */
function isPause(pause: string, tail: string): boolean {
  return pause.length > 1 || /[#*]/.test(tail) || digitCount(tail) <= 6;
}

/**
 * Parts a number from the extension behind it. In the extension each `,` is a pause of 2 s; one written directly
 * before it goes without saying.
 */
export function splitExtension(text: string): SplitNumber {
  const word = worded.exec(text);
  if (word) {
    const extension = word[1]!.replace(/-/g, '').slice(0, 32);
    const before = text.slice(0, word.index);
    if (digitCount(before) > 0) return { main: before, extension };
    const after = text.slice(word.index + word[0].length);
    return digitCount(after) >= 7 ? { main: after, extension } : { main: extension, extension: null };
  }
  const pause = paused.exec(text);
  if (pause && isPause(pause[2]!, pause[3]!)) {
    const tail = pause[3]!.replace(/[pw]/gi, ',');
    return { main: pause[1]!, extension: ','.repeat(pause[2]!.length - 1) + tail };
  }
  const number = marked.exec(text);
  if (number && digitCount(number[1]!) >= 7 && !/[*#]/.test(number[1]!))
    return { main: number[1]!, extension: number[2]! };
  return { main: text, extension: null };
}
