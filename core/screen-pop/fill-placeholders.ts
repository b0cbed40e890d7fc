/** Where an address may lead, whatever is filled in: not to another server, folder or receiver. */
function sameTarget(filled: URL, bare: URL): boolean {
  if (filled.protocol !== bare.protocol || filled.username !== '' || filled.password !== '') return false;
  if (/^https?:$/.test(filled.protocol)) {
    // A value of two dots would climb out of its folder.
    return filled.origin === bare.origin && filled.pathname.split('/').length === bare.pathname.split('/').length;
  }
  return filled.host === bare.host && filled.pathname === bare.pathname;
}

/**
 * An address with its placeholders (`{number}`, `{name}` and whatever else `values` holds) filled in, each escaped, so
 * that nothing that a caller wrote can be more than a value. Null for an address of another scheme, also when a value
 * would have changed where it leads.
 */
export function fillPlaceholders(
  template: string,
  values: Readonly<Record<string, string>>,
  schemes: readonly string[] = ['http:', 'https:'],
): string | null {
  const fill = (valueOf: (name: string) => string) =>
    template
      .trim()
      .replace(/\{(\w+)\}/g, (whole, name: string) =>
        Object.hasOwn(values, name) ? encodeURIComponent(valueOf(name).toWellFormed()) : whole,
      );
  const url = URL.parse(fill((name) => values[name] ?? ''));
  const bare = URL.parse(fill(() => 'x'));
  if (!url || !bare || !schemes.includes(url.protocol)) return null;
  return sameTarget(url, bare) ? fill((name) => values[name] ?? '') : null;
}
