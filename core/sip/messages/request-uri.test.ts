import fc from 'fast-check';
import { Grammar, type URI } from 'sip.js/lib/core/index.js';
import { expect, test } from 'vitest';
import { requestUri } from './request-uri.ts';
import { targetUri } from './target-uri.ts';

/** sip.js decodes twice, and throws at a percent sign that is no escape. */
function written(read: () => URI | undefined): string[] {
  try {
    const uri = read();
    return uri ? [uri.toString(), uri.clone().toRaw()] : [];
  } catch (error) {
    return [(error as Error).message];
  }
}

test('a URI is the one that the grammar reads', () => {
  const user = fc.stringMatching(/^[A-Za-z0-9*+_.-]{1,12}$/);
  const other = fc.string({ maxLength: 12 });
  const host = fc.constantFrom('pbx.example', '192.0.2.7', 'PBX-1.example', '[2001:db8::1]', 'localhost');
  const port = fc.option(fc.integer({ min: 1, max: 65_535 }));
  fc.assert(
    fc.property(fc.oneof(user, other), host, port, (dialled, domain, number) => {
      const target = targetUri(number === null ? dialled : `sip:${dialled}@${domain}:${number}`, domain);
      if (target === null) return;
      expect(written(() => requestUri(target))).toEqual(written(() => Grammar.URIParse(target) as URI | undefined));
    }),
  );
});

test.each(['sip:', 'sip:a@', 'nonsense', 'sip:a b@c'])('%j is no URI', (text) => {
  expect(requestUri(text)).toBe(Grammar.URIParse(text));
});
