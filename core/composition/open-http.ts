import { environmentProxy, openHttpClient, type HttpClient } from '#core/network/index.ts';
import type { FindProxy } from './open-directories.ts';

/** A client for one request: by the proxy that the shell knows, else by the environment's, and the system's certificates. */
export function openHttp(proxy?: FindProxy): (url: string, signal: AbortSignal) => Promise<HttpClient> {
  return async (url, signal) => {
    const address = proxy && (await proxy(url));
    const proxyFor = proxy ? () => address ?? null : environmentProxy(process.env);
    return openHttpClient({ proxyFor }, { signal });
  };
}
