/**
 * An address with `{number}`, `{name}` and `{firm}` filled in, each escaped, so that nothing that a caller wrote can be
 * more than a value. Null for what is no address of the web, also when a value would have changed where it leads.
 */
export function fillPlaceholders(template: string, values: Record<'number' | 'name' | 'firm', string>): string | null {
  const fill = (given: typeof values) =>
    template
      .trim()
      .replace(/\{(number|name|firm)\}/g, (_whole, name: keyof typeof values) =>
        encodeURIComponent(given[name].toWellFormed()),
      );
  const url = fill(values);
  const bare = fill({ number: 'x', name: 'x', firm: 'x' });
  if (!URL.canParse(url) || !URL.canParse(bare)) return null;
  const { protocol, origin, username } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && origin === new URL(bare).origin ? url : null;
}
