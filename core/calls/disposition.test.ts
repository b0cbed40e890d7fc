import { describe, expect, it } from 'vitest';
import type { SessionEnd } from '#core/sip/index.ts';
import { dispositionOf } from './disposition.ts';

const end = (changes: Partial<SessionEnd>): SessionEnd => ({
  by: 'them', status: null, reason: null, completedElsewhere: false, error: null, ...changes,
});

describe('the disposition of a call', () => {
  it('is missed when the caller gave up', () => {
    expect(dispositionOf('incoming', false, end({}))).toBe('missed');
  });

  it('is not missed when a colleague answered elsewhere (RFC 3326)', () => {
    expect(dispositionOf('incoming', false, end({ completedElsewhere: true }))).toBe('answered-elsewhere');
  });

  it('is declined when we refused, answered when anyone spoke', () => {
    expect(dispositionOf('incoming', false, end({ by: 'us', status: 603 }))).toBe('declined');
    expect(dispositionOf('incoming', true, end({ by: 'network' }))).toBe('answered');
  });

  it('is failed when we had to refuse what we cannot speak, which nobody declined', () => {
    const error = { code: 'call.media-not-acceptable', values: {}, detail: null } as const;
    expect(dispositionOf('incoming', false, end({ by: 'us', status: 488, error }))).toBe('failed');
  });

  it.each([
    [486, 'busy'], [600, 'busy'], [603, 'declined'], [480, 'no-answer'], [408, 'no-answer'], [404, 'failed'], [503, 'failed'],
  ] as const)('of an outgoing call refused with %i is %s', (status, expected) => {
    expect(dispositionOf('outgoing', false, end({ status }))).toBe(expected);
  });

  it('is cancelled when we hung up before the answer, though the server then says 487', () => {
    expect(dispositionOf('outgoing', false, end({ by: 'us', status: 487 }))).toBe('cancelled');
  });
});
