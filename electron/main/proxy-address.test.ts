import { expect, it } from 'vitest';
import { proxyAddress } from './proxy-address.ts';

it.each([
  ['DIRECT', null],
  ['PROXY proxy.office.example:3128', 'http://proxy.office.example:3128'],
  ['HTTPS proxy.office.example:443; DIRECT', 'https://proxy.office.example:443'],
  ['SOCKS5 10.0.0.1:1080; PROXY 10.0.0.2:8080', 'http://10.0.0.2:8080'],
  ['SOCKS 10.0.0.1:1080', null],
  ['DIRECT; PROXY 10.0.0.2:8080', null],
  ['PROXY [::1]:3128', 'http://[::1]:3128'],
  ['', null],
  ['PROXY', null],
])('reads %j, as Chromium says which way to go', (answer, address) => {
  expect(proxyAddress(answer)).toBe(address);
});
