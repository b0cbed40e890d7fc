import { describe, expect, it } from 'vitest';
import { forcedPort } from './forced-port.ts';

describe('the port that the environment forces', () => {
  it('is the one that is named, or any', () => {
    expect(forcedPort({ OFFHOOK_API_PORT: '18000' })).toBe(18_000);
    expect(forcedPort({ OFFHOOK_API_PORT: '0' })).toBe(0);
  });

  it('is none where it is not named, or is no port', () => {
    for (const text of [undefined, '', 'any', '-1', '1e3', '70000', '80 '])
      expect(forcedPort({ OFFHOOK_API_PORT: text })).toBeNull();
  });
});
