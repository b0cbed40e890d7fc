import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { DirectoryEnvironment } from '../directory-source.ts';
import { openHttpClient } from '#core/network/index.ts';
import type { BegunSignIn, SignIn } from '../sign-in.ts';
import {
  graphScope,
  microsoftEndpoints,
  packAccount,
  signInAddress,
  type GraphEndpoints,
  type GraphRight,
} from './graph-account.ts';
import { requestToken } from './request-token.ts';

export interface GraphSignInOptions {
  environment: Pick<DirectoryEnvironment, 'proxyFor'>;
  clock: Clock;
  endpoints?: GraphEndpoints;
  /** What is wanted of an account beside reading its contacts. */
  rights?: (account: { clientId: string; tenant: string }) => readonly GraphRight[];
}

/** ms that a user may take. */
const patience = 10 * 60_000;
const page = (sentence: string) =>
  `<!doctype html><meta charset="utf-8"><title>Offhook</title><p style="font:16px system-ui;margin:3em">${sentence}</p>`;
const donePage = page(
  'Готово, вернитесь в Offhook. Это окно можно закрыть.<br>Done, go back to Offhook. You may close this window.',
);
const failedPage = page('Войти не получилось, вернитесь в Offhook.<br>The sign-in failed, go back to Offhook.');

/**
 * Signs in to Microsoft in the user's browser: authorization code with PKCE (RFC 7636) and a redirect to this computer
 * alone (RFC 8252, 7.3), which is listened for once.
 */
export class GraphSignIn implements SignIn {
  private readonly options: GraphSignInOptions;

  constructor(options: GraphSignInOptions) {
    this.options = options;
  }

  /** @throws OffhookError `directory.not-here` without the office's app registration */
  async begin(config: DirectoryConfig): Promise<BegunSignIn> {
    if (config.kind !== 'graph' || config.clientId === '')
      throw new OffhookError('directory.not-here', { detail: 'no app registration (client id)' });
    const { endpoints = microsoftEndpoints } = this.options;
    const rights = this.options.rights?.(config) ?? [];
    const [codeVerifier, state] = [randomBytes(48).toString('base64url'), randomBytes(24).toString('base64url')];
    const authorize = signInAddress(endpoints, config.tenant, 'authorize');
    const server = createServer();
    await listen(server);
    const redirectUri = `http://localhost:${(server.address() as AddressInfo).port}`;
    const url = new URL(authorize);
    url.search = new URLSearchParams({
      client_id: config.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      response_mode: 'query',
      scope: graphScope(rights),
      state,
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      prompt: 'select_account',
    }).toString();
    const stopping = new AbortController();
    const finished = this.finish(server, state, stopping.signal).then(async (code) => {
      const { clientId, tenant } = config;
      const grant = { code, codeVerifier, redirectUri };
      const fetch = openHttpClient(this.options.environment, { signal: stopping.signal });
      const given = { fetch, endpoints, rights };
      const { refreshToken } = await requestToken({ clientId, tenant }, grant, given);
      return packAccount({ refreshToken, clientId, tenant });
    });
    return { url: url.href, userCode: null, finished, cancel: () => stopping.abort() };
  }

  /** Waits for the browser to come back with the code. */
  private finish(server: Server, state: string, signal: AbortSignal): Promise<string> {
    return new Promise<string>((resolve, reject) => {
      const failed = (detail: string) => reject(new OffhookError('directory.sign-in-failed', { detail }));
      const late = this.options.clock.after(patience, () => failed('nobody signed in'));
      const stop = () => failed('the sign-in was given up');
      signal.addEventListener('abort', stop, { once: true });
      server.on('request', (request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
        const mine = request.method === 'GET' && pathname === '/' && searchParams.get('state') === state;
        if (!mine) {
          response.writeHead(404).end();
          return;
        }
        const code = searchParams.get('code');
        response.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
          'referrer-policy': 'no-referrer',
          connection: 'close',
        });
        response.end(code === null ? failedPage : donePage, () => {
          if (code === null) failed((searchParams.get('error') ?? 'no code').slice(0, 100));
          else resolve(code);
        });
      });
      server.once('close', () => {
        late.dispose();
        signal.removeEventListener('abort', stop);
      });
    }).finally(() => {
      server.close();
      server.closeAllConnections();
    });
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new OffhookError('directory.sign-in-failed', { detail: 'no port to listen on', cause })),
    );
    server.listen(0, '127.0.0.1', resolve);
  });
}
