export interface UsualText {
  /** With a leading `+`, if there is one. */
  digits: string;
  extension: string | null;
}

const [plus, space, opening, closing, hyphen, zero, nine] = [0x2b, 0x20, 0x28, 0x29, 0x2d, 0x30, 0x39];
const [fewestDigits, mostDigits] = [10, 12];
const longest = 40;
const extensionBehind = / ?доб\. ?(\d{1,6})$/y;

/**
 * One number as nearly all are written, `8 (495) 123-45-67`, `+79161234567` or `8 495 123-45-67 доб. 12`: what remains
 * of it where nothing else has to be asked. Null for any other text.
 */
export function readUsualText(text: string): UsualText | null {
  if (text.length < fewestDigits || text.length > longest) return null;
  const isWhole = text.charCodeAt(0) === plus;
  const first = text.charCodeAt(isWhole ? 1 : 0);
  // «+8 (495) …» has no country code 8.
  if (isWhole ? !(first >= zero && first <= nine) || first === zero + 8 : first === space) return null;
  let [digits, from, at] = [isWhole ? '+' : '', -1, isWhole ? 1 : 0];
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) {
      if (from < 0) from = at;
      continue;
    }
    if (code !== space && code !== hyphen && code !== opening && code !== closing) break;
    if (from >= 0) digits += text.slice(from, at);
    from = -1;
  }
  if (from >= 0) digits += text.slice(from, at);
  const count = isWhole ? digits.length - 1 : digits.length;
  if (count < fewestDigits || count > mostDigits) return null;
  if (at === text.length) return { digits, extension: null };
  extensionBehind.lastIndex = text.charCodeAt(at - 1) === space ? at - 1 : at;
  const extension = extensionBehind.exec(text)?.[1] ?? null;
  return extension === null ? null : { digits, extension };
}
