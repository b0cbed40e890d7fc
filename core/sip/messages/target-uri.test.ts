import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeUser, targetUri } from './target-uri.ts';

test.each([
  ['600', 'sip:600@pbx.example'],
  [' +7 (495) 123 ', 'sip:+7%20(495)%20123@pbx.example'],
  ['*21#', 'sip:*21%23@pbx.example'],
  ['112', 'sip:112@pbx.example'],
  ['sip:anna@other.example:5070;transport=tcp?Route=x', 'sip:anna@other.example:5070'],
  ['sips:anna@other.example', 'sip:anna@other.example'],
  ['anna@other.example', 'sip:anna@other.example'],
  ['tel:+7-495-123', 'sip:+7495123@pbx.example'],
  ['sip:[2001:db8::1]', 'sip:[2001:db8::1]'],
  ['Анна', 'sip:%D0%90%D0%BD%D0%BD%D0%B0@pbx.example'],
])('%s is dialled as %s', (target, wanted) => {
  expect(targetUri(target, 'pbx.example')).toBe(wanted);
});

test.each([[''], ['  '], ['6\r\nX: 1'], ['6\0'], ['sip:a@b c'], ['x'.repeat(300)], ['sip:@h>']])(
  '%j is no address',
  (target) => {
    expect(targetUri(target, 'pbx.example')).toBeNull();
  },
);

test('whatever is dialled, the request line keeps its shape', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (target) => {
      const uri = targetUri(target, 'pbx.example');
      if (uri !== null) expect(uri).toMatch(/^sip:[^\s<>"#%]*(?:%[0-9A-F]{2}[^\s<>"#%]*)*$/);
    }),
  );
});

test('a user part survives escaping', () => {
  const property = fc.property(fc.string({ unit: 'binary' }), (user) => {
    expect(decodeURIComponent(escapeUser(user))).toBe(user.toWellFormed());
  });
  fc.assert(property);
});
