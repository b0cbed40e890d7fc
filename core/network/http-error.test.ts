import { expect, it } from 'vitest';
import { toStatusError } from './http-error.ts';

it.each([
  [401, 'directory.wrong-password'],
  [403, 'directory.forbidden'],
  [404, 'directory.bad-answer'],
  [504, 'directory.timed-out'],
  [503, 'directory.server-failed'],
])('the status %i tells what keeps a server from being asked', (status, code) => {
  expect(toStatusError(status, 'host')).toMatchObject({ code, values: { host: 'host', status } });
});

it('a status of success is no failure', () => {
  expect(toStatusError(207, 'host')).toBeNull();
});
