import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { chromiumId, chromiumKey } from '#contract/browser-extension/identity.ts';

it('has the id that Chromium makes of the key', () => {
  const digest = createHash('sha256').update(Buffer.from(chromiumKey, 'base64')).digest('hex');
  const letters = [...digest.slice(0, 32)].map((digit) => String.fromCharCode(97 + parseInt(digit, 16)));
  expect(chromiumId).toBe(letters.join(''));
});
