/**
 * Numbers that cost the caller more than a call does, by the ITU's country codes (E.164 list of assigned codes) and the
 * countries' numbering plans. Premium ranges that libphonenumber's metadata knows are not repeated here.
 */
export interface TollRange {
  /** Of the whole number, with its `+`. */
  form: RegExp;
  is: 'premium' | 'satellite' | 'international';
}

export const tollRanges: readonly TollRange[] = [
  // Inmarsat 870; global mobile satellite systems 881; international networks 882 and 883, among them Thuraya's.
  { form: /^\+88[123]|^\+870/, is: 'satellite' },
  // Universal personal telecommunications, and the international premium rate service.
  { form: /^\+87[89]|^\+979/, is: 'premium' },
  // Russia: televoting and services at a charge.
  { form: /^\+780[39]/, is: 'premium' },
  // Abkhazia uses codes of Russia's, and is charged for as a country abroad.
  { form: /^\+7[89]40/, is: 'international' },
  // Kazakhstan and Belarus: services at a charge.
  { form: /^\+7809|^\+375(?:902|810)/, is: 'premium' },
  // North America: 900, and the exchange 976 of every area.
  { form: /^\+1900|^\+1\d{3}976\d{4}$/, is: 'premium' },
  // Great Britain: personal numbers (070), 087x, 09x, directory enquiries.
  { form: /^\+44(?:70|87[123]|9|118)/, is: 'premium' },
  // Germany: 0900, mass calling (0137, 0138), 0180, directory enquiries.
  { form: /^\+49(?:900|13[78]|180|118)/, is: 'premium' },
];

/** Ways out to another country that are dialled before its code: most of the world, Russia and its neighbours, North America. */
export const waysAbroad: readonly RegExp[] = [/^00(?=[1-9])/, /^810(?=[1-9])/, /^011(?=[1-9])/];
