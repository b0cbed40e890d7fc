type Environment = Readonly<Record<string, string | undefined>>;

function variable(environment: Environment, name: string): string {
  // curl and most programs read the small letters first.
  return environment[name.toLowerCase()] || environment[name] || '';
}

/** `*`, `host`, `.domain`, `host:port`, or an address; a domain stands for all below it. */
function isExempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, bracketed, plain, wantedPort] =
        /^(?:\[(.*)\]|(.*?))(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '')) ?? [];
      const name = bracketed ?? plain ?? '';
      if (wantedPort !== undefined && wantedPort !== port) return false;
      return host === name || host.endsWith(`.${name}`);
    });
}

/**
 * Address of the proxy for a server by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, the system's settings on Linux;
 * null to go straight.
 */
export function environmentProxy(environment: Environment): (url: string) => string | null {
  return (text) => {
    if (!URL.canParse(text)) return null;
    const url = new URL(text);
    if (isExempt(url, variable(environment, 'NO_PROXY'))) return null;
    const scheme = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    const address = variable(environment, scheme) || variable(environment, 'ALL_PROXY');
    if (address === '') return null;
    const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`;
    return URL.canParse(whole) ? whole : null;
  };
}
