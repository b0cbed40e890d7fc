/**
 * Trades the one-time ticket in the page's address (`#ticket=…`) for a session cookie that scripts cannot read, and
 * removes it from the address, so that it is neither bookmarked nor read over a shoulder.
 */
export async function redeemTicket(page: {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState'>;
  fetch: typeof fetch;
}): Promise<void> {
  const ticket = new URLSearchParams(page.location.hash.slice(1)).get('ticket');
  if (!ticket) return;
  page.history.replaceState(null, '', page.location.pathname + page.location.search);
  await page.fetch('/session', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
  });
}
