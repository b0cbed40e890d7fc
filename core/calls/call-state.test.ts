import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callState } from '#contract/ipc/index.ts';
import { accepts, IllegalCallTransition, isEstablished, transition, type CallInput } from './call-state.ts';

const inputs: CallInput[] = ['dial', 'offer', 'trying', 'alerting', 'answered', 'busy', 'hold', 'unhold', 'ended'];

describe('the call state machine', () => {
  it('walks an outgoing call from dialing to disconnected', () => {
    const states = (['dial', 'trying', 'alerting', 'answered', 'hold', 'unhold', 'ended'] as const).reduce(
      (walked, input) => [...walked, transition(walked.at(-1)!, input)],
      ['idle' as ReturnType<typeof transition>],
    );
    expect(states).toEqual([
      'idle', 'dialing', 'proceeding', 'ringback', 'connected', 'onHold', 'connected', 'disconnected',
    ]);
  });

  it('refuses to hold a call that nobody has answered', () => {
    expect(() => transition('ringback', 'hold')).toThrow(IllegalCallTransition);
  });

  it('lets every live state end, and nothing leave disconnected', () => {
    for (const state of callState.options) {
      expect(accepts(state, 'ended')).toBe(state !== 'disconnected');
    }
    for (const input of inputs) expect(accepts('disconnected', input)).toBe(false);
  });

  it('never reaches an established state without an answer, whatever the order of inputs', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...inputs)), (sequence) => {
        let state: ReturnType<typeof transition> = 'idle';
        let answered = false;
        for (const input of sequence) {
          if (!accepts(state, input)) continue;
          state = transition(state, input);
          answered ||= input === 'answered';
          if (isEstablished(state)) expect(answered).toBe(true);
        }
      }),
    );
  });
});
