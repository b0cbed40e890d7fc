// Longer than any number with its remarks; hostile text is cut here.
const maximumCharacters = 512;

const dashes = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u00AD]/g;
// Format characters (zero width, direction marks and overrides) carry no meaning in a number and can hide one.
const invisible = /[\p{Cf}\uFE0F\u20E3]/gu;
const blank = /[\p{Cc}\p{Z}]+/gu;

/** Zeros of the decimal scripts that Unicode has in use; every script keeps its ten digits together. */
function asciiDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  // Mathematical digits follow each other set after set; NFKC knows them.
  const plain = character.normalize('NFKC');
  return /^\d$/.test(plain) ? plain : String(code - zero);
}

function plain(text: string): string {
  return text
    .replace(dashes, '-')
    .replace(invisible, '')
    .replace(/[\uFF01-\uFF5E]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[^\P{Nd}0-9]/gu, asciiDigit)
    .replace(blank, ' ');
}

/**
 * Full-width and foreign digits, odd spaces and dashes to ASCII; invisible and control characters gone.
 * @param most characters that are looked at
 */
export function cleanText(text: string, most = maximumCharacters): string {
  const bounded = text.slice(0, most);
  return (/^[\x20-\x7e]*$/.test(bounded) ? bounded : plain(bounded)).trim();
}
