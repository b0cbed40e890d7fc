import { expect, it } from 'vitest';
import { z } from 'zod';
import { cursorOf } from './cursor-of.ts';

const shape = z.object({ version: z.literal(1), token: z.string() });

it('gives back what was noted', () => {
  expect(cursorOf(shape, '{"version":1,"token":"a"}')).toEqual({ version: 1, token: 'a' });
});

it.each([null, '', 'token', '{"version":1', 'null', '[]', '{"version":2,"token":"a"}', '{"version":1,"token":7}'])(
  'has everything read anew for %j',
  (text) => {
    expect(cursorOf(shape, text)).toBeNull();
  },
);
