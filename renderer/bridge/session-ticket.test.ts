import { describe, expect, it, vi } from 'vitest';
import { redeemTicket } from './session-ticket.ts';

function page(hash: string) {
  return {
    location: { hash, pathname: '/', search: '?x=1' },
    history: { replaceState: vi.fn() },
    fetch: vi.fn(async () => new Response(null, { status: 204 })),
  };
}

describe('the session ticket', () => {
  it('is posted, and gone from the address', async () => {
    const opened = page('#ticket=abc-123');
    await redeemTicket(opened);
    expect(opened.history.replaceState).toHaveBeenCalledWith(null, '', '/?x=1');
    expect(opened.fetch).toHaveBeenCalledWith('/session', expect.objectContaining({ method: 'POST', body: '{"ticket":"abc-123"}' }));
  });

  it('is not asked for when the page has none', async () => {
    const opened = page('');
    await redeemTicket(opened);
    expect(opened.fetch).not.toHaveBeenCalled();
    expect(opened.history.replaceState).not.toHaveBeenCalled();
  });
});
