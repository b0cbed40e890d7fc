import { beforeEach, describe, expect, it } from 'vitest';
import type { CallSnapshot, PartyMatch, RemoteParty } from '#contract/ipc/index.ts';
import { CallNotifications } from './call-notifications.ts';
import { mainWords } from './words.ts';

const person = { id: '1', name: 'Анна Белова', firm: 'Ромашка', role: '', photo: null };
const known = (given: Partial<PartyMatch> = {}): PartyMatch => {
  return { confidence: 'certain', person, label: 'work', others: 0, ...given };
};
const remote: RemoteParty = {
  ...{ number: '+74951234567', extension: null, display: '+7 495 123-45-67', name: 'SIP NAME' },
  ...{ withheld: false, asserted: false, diversion: null },
};

let shown: string[];
let update: (calls: CallSnapshot[]) => void;
beforeEach(() => {
  shown = [];
  const notifications = new CallNotifications({
    notifier: {
      show(title, body) {
        shown.push(`${title}: ${body}`);
        return () => shown.push('taken back');
      },
    },
    isWindowInFront: () => false,
    showWindow: () => {},
    words: mainWords('ru'),
  });
  notifications.follow({
    on(_event, listener) {
      update = (calls) => (listener as (payload: { calls: CallSnapshot[] }) => void)({ calls });
      return () => {};
    },
  });
});

const ringing = (match: PartyMatch | null, given: Partial<RemoteParty> = {}) =>
  ({ id: 'a', state: 'offering', remote: { ...remote, ...given }, match }) as CallSnapshot;

describe('the notification of a call', () => {
  it.each([
    [
      'the person of the directories, with firm and number',
      ringing(known()),
      'Анна Белова · Ромашка · +7 495 123-45-67',
    ],
    [
      'who it may be, as such',
      ringing(known({ confidence: 'possible' })),
      'возможно, Анна Белова · Ромашка · +7 495 123-45-67',
    ],
    ['the firm of nobody', ringing(known({ person: { ...person, name: '' } })), 'Ромашка · +7 495 123-45-67'],
    ['the name that came with the call', ringing(null), 'SIP NAME'],
    ['the number', ringing(null, { name: null }), '+7 495 123-45-67'],
    [
      'a caller who hides the number',
      ringing(null, { withheld: true, number: null, display: '', name: null }),
      'Номер скрыт',
    ],
    ['no text that turns others around', ringing(null, { name: 'a\u202eb' }), 'ab'],
  ])('says %s', (_what, call, body) => {
    update([call]);
    expect(shown).toEqual([`Входящий звонок: ${body}`]);
  });

  it('comes once, and goes when the phone rings no more', () => {
    update([ringing(known())]);
    update([ringing(known())]);
    update([]);
    expect(shown).toHaveLength(2);
    expect(shown[1]).toBe('taken back');
  });
});
