import type { CallRecord, RemoteParty } from '#contract/ipc/index.ts';
import { readNumber, type NumberRules } from '#core/contacts/index.ts';
import { countryKey } from './judge-number.ts';

/** Countries that were called from here before, as far as the log was looked through. */
export class CalledCountries {
  private readonly countries = new Set<string>();
  private readonly rules: () => NumberRules;

  constructor(rules: () => NumberRules) {
    this.rules = rules;
  }

  has(country: string): boolean {
    return this.countries.has(country);
  }

  note({ number }: Pick<RemoteParty, 'number'>): void {
    const read = number?.startsWith('+') ? readNumber(number, this.rules()) : null;
    if (read?.e164) this.countries.add(countryKey(read.e164, read.country));
  }

  load(records: readonly CallRecord[]): void {
    for (const record of records) if (record.direction === 'outgoing') this.note(record);
  }
}
