import type { SourceEntry } from '../source-entry.ts';
import { textOf, type CardProperty } from './card-property.ts';
import { numberLabelOf } from './number-label-of.ts';

/** Numbers with what they are for, the preferred ones first. `X-MS-TEL` is what Outlook adds to its `TEL`. */
export function readNumbers(properties: readonly CardProperty[]): SourceEntry['numbers'] {
  const labels = new Map(
    properties.filter(({ name, group }) => name === 'X-ABLABEL' && group).map((each) => [each.group, textOf(each)]),
  );
  return byPreference(properties, ['TEL', 'X-MS-TEL'])
    .map((property) => ({
      text: numberOf(textOf(property)),
      label: numberLabelOf(property, labels.get(property.group) ?? ''),
    }))
    .filter(({ text }) => text !== '');
}

export function readEmails(properties: readonly CardProperty[]): string[] {
  const all = byPreference(properties, ['EMAIL']).map((property) => textOf(property).replace(/^mailto:/i, ''));
  // Outlook also has addresses of Exchange: `/O=FIRM/OU=…`.
  return [...new Set(all.filter((address) => /^[^\s@]+@[^\s@]+$/.test(address)))];
}

/** Web addresses; one without a scheme is of the web. */
export function readLinks(properties: readonly CardProperty[]): string[] {
  const all = properties.filter(({ name }) => name === 'URL').map(textOf);
  const whole = all.map((text) =>
    /^(?!https?:)[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)/i.test(text) ? `http://${text}` : text,
  );
  return [...new Set(whole.filter((text) => /^https?:\/\/\S+$/i.test(text)))];
}

/** `tel:+7-495-123-45-67;ext=12` (RFC 3966), which vCard 4.0 has, as people write it. */
function numberOf(text: string): string {
  const uri = /^tel:([^;]*)((?:;[^;]*)*)$/i.exec(text);
  if (!uri) return text;
  const [, number = '', parameters = ''] = uri;
  const value = (name: string) => new RegExp(`;${name}=([^;]*)`, 'i').exec(parameters)?.[1];
  const context = value('phone-context');
  const prefix = context?.startsWith('+') && !number.startsWith('+') ? context : '';
  const extension = value('ext');
  return `${prefix}${number}${extension ? ` ext. ${extension}` : ''}`;
}

function byPreference(properties: readonly CardProperty[], names: readonly string[]): CardProperty[] {
  const rank = ({ parameters }: CardProperty) => {
    if (parameters.get('TYPE')?.some((type) => /^pref$/i.test(type))) return 1;
    return Number(parameters.get('PREF')?.[0] ?? 101) || 101;
  };
  return properties.filter(({ name }) => names.includes(name)).sort((one, other) => rank(one) - rank(other));
}
