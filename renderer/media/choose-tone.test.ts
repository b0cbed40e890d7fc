import { describe, expect, it } from 'vitest';
import { sampleCall } from '#renderer/gallery/samples.ts';
import { chooseTone } from './choose-tone.ts';

const offered = sampleCall({ id: 'in', direction: 'incoming', state: 'offering' });
const silent = { ring: null, speaker: null };

describe('what is heard', () => {
  it('is nothing without calls, and nothing of ours while talking', () => {
    expect(chooseTone([])).toEqual(silent);
    expect(chooseTone([sampleCall()])).toEqual(silent);
  });

  it('is the ring for a call that comes in, until it is being answered', () => {
    expect(chooseTone([offered])).toEqual({ ring: 'ring', speaker: null });
    expect(chooseTone([{ ...offered, answering: true }])).toEqual(silent);
  });

  it('is the ring also beside a call on hold', () => {
    expect(chooseTone([sampleCall({ state: 'onHold' }), offered]).ring).toBe('ring');
  });

  it('is a low beep in the ear for a second call', () => {
    expect(chooseTone([sampleCall(), offered])).toEqual({ ring: null, speaker: 'callWaiting' });
  });

  it('is ringback while their phone rings, unless the far end sends its own', () => {
    expect(chooseTone([sampleCall({ state: 'ringback' })]).speaker).toBe('ringback');
    expect(chooseTone([sampleCall({ state: 'ringback', earlyMedia: true })])).toEqual(silent);
  });

  it('is the busy tone, unless somebody talks', () => {
    expect(chooseTone([sampleCall({ state: 'busy' })]).speaker).toBe('busy');
    expect(chooseTone([sampleCall({ id: 'a', state: 'busy' }), sampleCall({ id: 'b' })])).toEqual(silent);
  });
});
