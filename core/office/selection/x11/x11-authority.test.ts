import { describe, expect, it } from 'vitest';
import { findCookie, parseDisplay } from './x11-authority.ts';

const field = (text: string) =>
  Buffer.concat([Buffer.from([text.length >> 8, text.length & 255]), Buffer.from(text, 'latin1')]);
const entry = (number: string, name: string, data: string) =>
  Buffer.concat([Buffer.from([1, 0]), field('host'), field(number), field(name), field(data)]);

describe('an X display', () => {
  it('is one of this computer, or none for us', () => {
    expect(parseDisplay(':0')).toEqual({ host: 'unix', number: 0 });
    expect(parseDisplay('unix:1.0')).toEqual({ host: 'unix', number: 1 });
    expect(parseDisplay('localhost:10.0')).toEqual({ host: 'localhost', number: 10 });
    for (const display of ['', 'other.example:0', ':x', ':0:1']) expect(parseDisplay(display)).toBeNull();
  });

  it('has its own cookie, or that of all', () => {
    const file = Buffer.concat([
      entry('1', 'MIT-MAGIC-COOKIE-1', 'one'),
      entry('0', 'XDM-AUTHORIZATION-1', 'no'),
      entry('0', 'MIT-MAGIC-COOKIE-1', 'zero'),
    ]);
    expect(findCookie(file, 0).toString()).toBe('zero');
    expect(findCookie(file, 7)).toHaveLength(0);
    expect(findCookie(entry('', 'MIT-MAGIC-COOKIE-1', 'any'), 7).toString()).toBe('any');
    for (let end = 0; end < file.length; end += 3) findCookie(file.subarray(0, end), 0);
  });
});
