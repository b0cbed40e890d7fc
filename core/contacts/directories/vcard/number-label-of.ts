import { decodeQuotedPrintable, decodeText } from './decode-text.ts';
import type { CardProperty } from './card-property.ts';

/** Words by which programs say what a number is for, in the order of which says more. */
const words: [RegExp, string][] = [
  [/^(?:(?:work|home|other) ?fax|fax|факс|рабочий факс|домашний факс)$/i, 'fax'],
  [/^(?:cell|mobile|iphone|мобильный|моб\.?|сотовый|сот\.?)$/i, 'mobile'],
  [/^(?:assistant|x-evolution-assistant|помощник|секретарь)$/i, 'assistant'],
  [/^(?:internal|x-internal|extension|внутренний|внутр\.?|вн\.?)$/i, 'internal'],
  [/^(?:main|company|company main|x-evolution-company|основной|главный|общий)$/i, 'main'],
  [/^(?:work|рабочий|раб\.?)$/i, 'work'],
  [/^(?:home|домашний|дом\.?)$/i, 'home'],
];
/** Say nothing of what a number is for. */
const silent = /^(?:pref|voice|text|textphone|msg|internet|x400|dom|intl|postal|parcel|\d+)$/i;
const other = /^(?:other|pager|car|video|bbs|modem|isdn|pcs|другой|прочее)$/i;

/** @param ownLabel the group's `X-ABLabel`; empty for none */
export function numberLabelOf({ parameters }: CardProperty, ownLabel: string): string {
  // Apple's own words are wrapped: `_$!<Work>!$_`.
  const label = ownLabel.replace(/^_\$!<(.*)>!\$_$/s, '$1').trim();
  const types = (parameters.get('TYPE') ?? []).map(customType).filter((type) => !silent.test(type));
  const said = label === '' ? types : [label];
  for (const [pattern, known] of words) if (said.some((word) => pattern.test(word))) return known;
  const own = said.find((word) => !other.test(word));
  return own?.replace(/^X-/i, '').slice(0, 60) || 'other';
}

/** Android's `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D0=A1)`. */
function customType(type: string): string {
  const custom = /^X-CUSTOM\((?:[A-Z]+=[^,)]*,)*([^)]*)\)$/i.exec(type)?.[1];
  if (custom === undefined) return type;
  return decodeText(decodeQuotedPrintable(custom), null);
}
