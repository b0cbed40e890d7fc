const everywhere = new Set(['112', '101', '102', '103']);

const cis = ['01', '02', '03', '04', '104'];

/** What a country has besides 112 and 101–103 (ITU-T E.161.1 and national plans). */
// prettier-ignore
const byCountry: Record<string, readonly string[]> = {
  RU: cis, BY: cis, KZ: cis, UA: cis, AM: cis, AZ: cis, KG: cis, TJ: cis, UZ: cis, TM: cis, GE: [], MD: [],
  AT: ['122', '133', '144'], AU: ['000', '106'], BR: ['190', '192', '193'], CA: ['911'], CH: ['117', '118', '144'],
  CN: ['110', '119', '120'], CZ: ['150', '155', '158'], DE: ['110'], EG: ['122', '123', '180'], ES: ['061', '080', '091'],
  FR: ['15', '17', '18', '114'], GB: ['999'], GR: ['100', '166', '199'], HK: ['999'], HU: ['104', '105', '107'],
  IE: ['999'], IL: ['100'], IN: ['100', '108'], IT: ['113', '115', '118'], JP: ['110', '118', '119'],
  KR: ['119'], MX: ['911'], NO: ['110', '113'], NZ: ['111'], PL: ['997', '998', '999'], RS: ['192', '193', '194'],
  SG: ['995', '999'], TH: ['191', '199'], TR: ['110', '155', '156'], US: ['911'], VN: ['113', '114', '115'],
};

const sets = new Map<string, ReadonlySet<string>>(
  Object.entries(byCountry).map(([country, numbers]) => [country, new Set(numbers)]),
);

/** Exactly these digits and nothing else: a longer number that begins so is none. */
export function isEmergency(digits: string, country: string): boolean {
  return everywhere.has(digits) || (sets.get(country)?.has(digits) ?? false);
}
