import { expect, test } from 'vitest';
import { messageOf } from '../testing/scripted-server.ts';
import { isCompletedElsewhere, readIdentity } from './read-identity.ts';

function invite(from: string, extra: string[] = []) {
  return messageOf([
    'INVITE sip:1@h SIP/2.0',
    'Via: SIP/2.0/UDP h;branch=z9hG4bK1',
    `From: ${from};tag=1`,
    'To: <sip:1@h>',
    'Call-ID: c',
    'CSeq: 1 INVITE',
    ...extra,
  ]);
}

function identity(from: string, extra: string[] = [], trusted = true) {
  return readIdentity(invite(from, extra), { own: 'from', trusted });
}

test.each([
  [
    '"Boris \\"B\\" K" <sip:1002@pbx.example>',
    { user: '1002', host: 'pbx.example', displayName: 'Boris "B" K', withheld: false },
  ],
  [
    'Boris <sip:%2B7495@[2001:db8::1]:5060;transport=tcp>',
    { user: '+7495', host: '2001:db8::1', displayName: 'Boris' },
  ],
  ['sip:1002@pbx.example', { user: '1002', displayName: null }],
  ['<tel:+74951234567>', { user: '+74951234567', host: null }],
  ['"Анна" <sip:1003@pbx.example>', { user: '1003', displayName: 'Анна' }],
  ['"a\u202eb\u200bc" <sip:1@h>', { displayName: 'abc' }],
  ['<sip:1002:password@h>', { user: '1002' }],
  ['<sip:100%@h>', { user: '100%' }],
  ['"Anonymous" <sip:anonymous@anonymous.invalid>', { user: null, displayName: null, withheld: true }],
  ['<sip:h.example>', { user: null, host: 'h.example', withheld: false }],
])('From %s', (from, wanted) => {
  expect(identity(from)).toMatchObject(wanted);
});

test('asserted identities count for a trusted server only', () => {
  const asserted = ['P-Asserted-Identity: "Real" <sip:2000@pbx.example>, <tel:+7495>'];
  expect(identity('<sip:1@h>', asserted)).toMatchObject({ user: '2000', displayName: 'Real', asserted: true });
  expect(identity('<sip:1@h>', asserted, false)).toMatchObject({ user: '1', asserted: false });
  expect(identity('<sip:1@h>', ['Remote-Party-ID: "R" <sip:3000@pbx.example>;party=calling'])).toMatchObject({
    user: '3000',
    asserted: true,
  });
});

test.each([['Privacy: id'], ['Privacy: header;user'], ['Remote-Party-ID: <sip:3000@h>;privacy=full']])(
  '%s withholds the number',
  (field) => {
    expect(identity('<sip:1@h>', [field, 'P-Asserted-Identity: <sip:2000@h>'])).toMatchObject({
      user: null,
      withheld: true,
      asserted: false,
    });
  },
);

test('who diverted the call, from Diversion or History-Info', () => {
  expect(identity('<sip:1@h>', ['Diversion: "Desk" <sip:2000@h>;reason=no-answer;counter=1']).diversion).toEqual({
    user: '2000',
    displayName: 'Desk',
    reason: 'no-answer',
  });
  const history = ['History-Info: <sip:2000@h>;index=1, <sip:1@h;cause=486>;index=1.1'];
  expect(identity('<sip:1@h>', history).diversion).toEqual({ user: '2000', displayName: null, reason: 'user-busy' });
  expect(identity('<sip:1@h>').diversion).toBeNull();
});

test.each([
  ['SIP;cause=200;text="Call completed elsewhere"', true],
  ['SIP ;cause=200', true],
  ['SIP;text="call completed elsewhere"', true],
  ['SIP;cause=487', false],
  ['Q.850;cause=200', false],
  ['SIP;cause=2000', false],
])('Reason %s: completed elsewhere is %s', (reason, wanted) => {
  expect(isCompletedElsewhere(invite('<sip:1@h>', [`Reason: ${reason}`]))).toBe(wanted);
});
