/** Hands an address to whatever opens it, in a place of its own that learns nothing of this window. */
export function openAddress(url: string): void {
  const link = document.createElement('a');
  Object.assign(link, { href: url, target: '_blank', rel: 'noopener noreferrer' });
  link.click();
}
