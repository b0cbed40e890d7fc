import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeUser, formatNameAddress, parseNameAddress, parseUri, tagOf } from './name-address.ts';

describe('SIP addresses', () => {
  it('are read with name, URI and parameters', () => {
    expect(parseNameAddress('"Anna \\"A\\" B" <sip:101@x;transport=tcp>;tag=abc;q=0.5')).toEqual({
      displayName: 'Anna "A" B',
      uri: 'sip:101@x;transport=tcp',
      parameters: new Map([
        ['tag', 'abc'],
        ['q', '0.5'],
      ]),
    });
    expect(tagOf('sip:101@x;tag=t')).toBe('t');
    expect(tagOf('<sip:101@x;tag=inside>')).toBeNull();
  });

  it('give the user unescaped, without password and user parameters', () => {
    expect(parseUri('sip:%2A43%23:pw@Host.Example:5070;user=phone')).toMatchObject({ user: '*43#', host: 'host.example', port: 5070 });
    expect(parseUri('sip:600;phone-context=x@[::1]')).toMatchObject({ user: '600', host: '::1' });
    for (const text of ['tel:600', 'sip:', 'sip:a@', 'sip:a@b:0', 'sip:a@b:99999', 'sip:%zz@b', 'sip:a b@c']) expect(parseUri(text)).toBeNull();
  });

  it('carry any name and any user there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const text = formatNameAddress(name, 'sip:101@x');
        expect(text).not.toMatch(/[\r\n\0]/);
        expect(parseNameAddress(text)?.uri).toBe('sip:101@x');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (user) => {
        fc.pre(!/[:;]/.test(user) && !/[\ud800-\udfff]/.test(user));
        expect(parseUri(`sip:${escapeUser(user)}@x`)?.user).toBe(user);
      }),
    );
  });
});
