/** Digits, what may stand between them, and behind them pauses or an extension as people and programs write it. */
const numberForm =
  /^[+(\s]*[\d*#][\d\s().\-/*#]*(?:[,pw]+[\d*#,pw\s]*|[\s,(]*(?:доб(?:ав(?:очный)?)?|вн(?:утр(?:енний)?)?|доп|ext(?:n|ension)?|[xх])[\s.:=№#]*\d[\d*#-]*\s*\)?)?\s*$/iu;
const extensionForm = /^\d[\d*#]{0,31}$/;
const pausedForm = /^[pw]*[\d*#][\d*#pw]{0,63}$/;
const parameterForm = /^[\w-]{1,64}(?:=[\w\-.+:[\]/]{0,200})?$/;
const globalContext = /^\+\d{1,14}$/;
const withoutSeparators = (text: string) => text.replace(/[\s().-]/g, '');

/** Emergency and other numbers that mean the same everywhere in a country stand without its code. */
const mostDigitsOfShort = 3;

function withContext(number: string, context: string | undefined): string {
  const prefix = withoutSeparators(context ?? '');
  const isShort = number.replace(/\D/g, '').length <= mostDigitsOfShort;
  return globalContext.test(prefix) && !number.trim().startsWith('+') && !isShort ? prefix + number : number;
}

/**
 * RFC 3966, with `;postd=` (TS 31.111 and older phones: digits after the answer) and the forms that programs write.
 * Gives a text that `parseNumber` reads; null for more than a number.
 */
export function readTelephone(body: string): string | null {
  const [number = '', ...parameters] = body.split(';');
  if (!numberForm.test(number)) return null;
  const values = new Map<string, string>();
  for (const parameter of parameters) {
    const text = parameter.trim();
    if (text === '') continue;
    const [name = '', ...value] = text.split('=');
    // Of parameters that are not known nothing is taken, but they have to be some.
    if (!['ext', 'postd'].includes(name.toLowerCase()) && !parameterForm.test(text)) return null;
    values.set(name.toLowerCase(), value.join('='));
  }
  const extension = withoutSeparators(values.get('ext') ?? '');
  const later = withoutSeparators(values.get('postd') ?? '').toLowerCase();
  if ((extension !== '' && !extensionForm.test(extension)) || (later !== '' && !pausedForm.test(later))) return null;
  if (values.has('ext') && extension === '') return null;
  const whole = withContext(number, values.get('phone-context'));
  if (later === '') return extension === '' ? whole : `${whole};ext=${extension}`;
  return [whole, extension, later].filter((part) => part !== '').join(',');
}
