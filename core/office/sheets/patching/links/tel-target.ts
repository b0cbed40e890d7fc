import { findNumbers, type NumberRules } from '#core/contacts/index.ts';

/** @returns what a cell's link would lead to (RFC 3966); null where it does not hold exactly one number */
export function telTarget(text: string, rules: NumberRules): string | null {
  const [number, ...more] = findNumbers(text, rules);
  if (!number || more.length > 0) return null;
  if (number.kind !== 'public' && number.kind !== 'internal') return null;
  const extension = number.extension?.replace(/\D/g, '') ?? '';
  return `tel:${number.number}${extension === '' ? '' : `;ext=${extension}`}`;
}
