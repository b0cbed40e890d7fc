import { describe, expect, it } from 'vitest';
import { environmentProxy } from './environment-proxy.ts';

describe('the proxy of the environment', () => {
  it('is that of the scheme, of either spelling, with http:// where nothing is said', () => {
    const proxyFor = environmentProxy({ https_proxy: 'proxy:3128', HTTP_PROXY: 'http://plain:8080' });
    expect(proxyFor('https://dav.example/')).toBe('http://proxy:3128');
    expect(proxyFor('http://dav.example/')).toBe('http://plain:8080');
    expect(environmentProxy({ ALL_PROXY: 'http://all:1' })('https://x/')).toBe('http://all:1');
    expect(environmentProxy({})('https://x/')).toBeNull();
    expect(environmentProxy({ HTTPS_PROXY: 'http://[' })('https://x/')).toBeNull();
    expect(proxyFor('no address')).toBeNull();
  });

  it.each([
    ['*', 'https://any.example/', true],
    ['example.com', 'https://dav.example.com/', true],
    ['.example.com', 'https://example.com/', true],
    ['*.example.com', 'https://a.example.com/', true],
    ['example.com', 'https://notexample.com/', false],
    ['example.com:8443', 'https://example.com/', false],
    ['example.com:8443', 'https://example.com:8443/', true],
    ['localhost, 127.0.0.1', 'https://127.0.0.1/', true],
    ['[::1]', 'https://[::1]:5232/', true],
    ['', 'https://example.com/', false],
  ])('with NO_PROXY %j goes straight to %s: %s', (list, url, straight) => {
    expect(environmentProxy({ HTTPS_PROXY: 'http://p:1', NO_PROXY: list })(url) === null).toBe(straight);
  });
});
