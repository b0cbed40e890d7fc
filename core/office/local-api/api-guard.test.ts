import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { loopbackNames, refuseStranger } from './api-guard.ts';

const names = loopbackNames(17_480, ['https://localhost:17443']);

function from(headers: [string, string][], url = '/v1/calls'): IncomingMessage {
  const joined = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { url, headers: joined, rawHeaders: headers.flat() } as unknown as IncomingMessage;
}

const own: [string, string] = ['Host', '127.0.0.1:17480'];
const why = (headers: [string, string][], url?: string) => refuseStranger(from(headers, url), names)?.why ?? null;

describe('the guard of the API', () => {
  it('lets programs of this computer in, by each name of the loopback', () => {
    for (const host of ['127.0.0.1:17480', 'localhost:17480', '[::1]:17480', 'LOCALHOST:17480'])
      expect(why([['Host', host]])).toBeNull();
  });

  it('lets in the page that is its own, and nobody else who is a page', () => {
    expect(why([own, ['Origin', 'https://localhost:17443']])).toBeNull();
    for (const origin of [
      'null',
      'http://evil.example',
      'http://127.0.0.1:17480',
      'https://localhost:17443.evil.example',
      '',
    ])
      expect(why([own, ['Origin', origin]])).toBe('foreign Origin');
  });

  it('refuses every other name, as of DNS rebinding', () => {
    for (const host of [
      'evil.example:17480',
      '127.0.0.1',
      '127.0.0.1:80',
      '127.1:17480',
      '0.0.0.0:17480',
      'localhost.:17480',
      '',
    ])
      expect(why([['Host', host]])).toBe('foreign Host');
    expect(why([])).toBe('foreign Host');
  });

  it('refuses what is said twice', () => {
    expect(why([own, own])).toBe('foreign Host');
    expect(why([own, ['Origin', 'https://localhost:17443'], ['origin', 'https://localhost:17443']])).toBe(
      'foreign Origin',
    );
    expect(why([own, ['Authorization', 'a'], ['Authorization', 'b']])).toBe('two authorizations');
  });

  it('refuses pictures, scripts and frames of foreign pages, which send no Origin', () => {
    expect(why([own, ['Sec-Fetch-Site', 'cross-site']])).toBe('foreign page');
    expect(why([own, ['Sec-Fetch-Site', 'same-site']])).toBe('foreign page');
    expect(why([own, ['Sec-Fetch-Site', 'none']])).toBeNull();
    expect(why([own, ['Sec-Fetch-Site', 'same-origin']])).toBeNull();
  });

  it('refuses paths that two readers may read differently', () => {
    const odd = [
      '//v1/calls',
      '/v1//calls',
      '/v1/../v1/calls',
      '/v1/.',
      '/v1/calls%2fx',
      '/v1/%2E%2e/calls',
      '/v1\\calls',
      '/v1/%00',
      '/v1/%252f',
      'http://127.0.0.1:17480/v1/calls',
      '*',
      '',
    ];
    for (const url of odd) expect(why([own], url)).toBe('odd path');
    expect(why([own], '/v1/lookup?number=%2B7%2F8//..')).toBeNull();
  });
});
