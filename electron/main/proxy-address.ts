const schemes: Record<string, string> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };

/**
 * Address of the proxy in what Chromium answers, e.g. `PROXY proxy.office.example:3128; DIRECT`: the first that we can
 * speak with (a SOCKS proxy is none). Null to go straight.
 */
export function proxyAddress(answer: string): string | null {
  for (const choice of answer.split(';')) {
    const [kind = '', place = ''] = choice.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = schemes[kind.toUpperCase()];
    const address = `${scheme}://${place}`;
    if (scheme && place !== '' && URL.canParse(address)) return address;
  }
  return null;
}
