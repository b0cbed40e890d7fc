import { describe, expect, it } from 'vitest';
import { sampleLine } from '#renderer/gallery/samples.ts';
import { spokenLine } from './line-status.ts';

const inState = (state: 'registered' | 'refused' | 'disabled', part = {}) =>
  sampleLine({ id: state, isDefault: false, registration: { state, since: 0, nextTryAt: null, error: null }, ...part });

describe('the line that the status speaks of', () => {
  it('is the default one when all is well', () => {
    const second = inState('registered', { id: 'second', isDefault: true });
    expect(spokenLine([inState('registered'), second])?.id).toBe('second');
  });

  it('is the one that fails, so that a fault is never hidden', () => {
    expect(spokenLine([inState('registered', { isDefault: true }), inState('refused')])?.id).toBe('refused');
  });

  it('is not one that was turned off, unless there is no other', () => {
    expect(spokenLine([inState('disabled'), inState('registered')])?.id).toBe('registered');
    expect(spokenLine([inState('disabled')])?.id).toBe('disabled');
    expect(spokenLine([])).toBeNull();
  });
});
