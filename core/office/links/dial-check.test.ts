import { describe, expect, it } from 'vitest';
import { openDialDesk } from './dial-requests.test-support.ts';

describe('a call that another program sends away', () => {
  it('goes where nothing would be asked, and to an emergency number', async () => {
    const { dialDesk } = await openDialDesk();
    for (const text of ['84951234567', '205', '112']) expect(() => dialDesk.check(text)).not.toThrow();
    expect(dialDesk.list()).toEqual([]);
  });

  it.each([
    ['+442071234567', 'dial.refused-international'],
    ['88091234567', 'dial.refused-premium'],
    ['*72', 'dial.refused-premium'],
    ['склад', 'number.unreadable'],
    ['tel:1%0d%0aVia:', 'dial.refused-unreadable'],
  ])('does not go to %s: %s', async (text, code) => {
    const { dialDesk } = await openDialDesk();
    expect(() => dialDesk.check(text)).toThrow(expect.objectContaining({ code }));
  });

  it('goes abroad where that is allowed', async () => {
    const { dialDesk } = await openDialDesk({ internationalDialling: 'allow' });
    expect(() => dialDesk.check('+442071234567')).not.toThrow();
  });
});
