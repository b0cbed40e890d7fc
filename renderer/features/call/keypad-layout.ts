export interface KeypadKey {
  key: string;
  /** Letters under the digit, by language; many Russian phones carry these. */
  letters: { ru: string; en: string };
}

const row = (key: string, ru = '', en = ''): KeypadKey => ({ key, letters: { ru, en } });

export const keypad: readonly KeypadKey[] = [
  row('1'),
  row('2', 'АБВГ', 'ABC'),
  row('3', 'ДЕЖЗ', 'DEF'),
  row('4', 'ИЙКЛ', 'GHI'),
  row('5', 'МНОП', 'JKL'),
  row('6', 'РСТУ', 'MNO'),
  row('7', 'ФХЦЧ', 'PQRS'),
  row('8', 'ШЩЪЫ', 'TUV'),
  row('9', 'ЬЭЮЯ', 'WXYZ'),
  row('*'),
  row('0', '+', '+'),
  row('#'),
];
