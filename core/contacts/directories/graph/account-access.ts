import { OffhookError } from '#contract/errors.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { HttpClient } from '#core/network/index.ts';
import {
  microsoftEndpoints,
  packAccount,
  unpackAccount,
  type GraphAccount,
  type GraphEndpoints,
  type GraphRight,
} from './graph-account.ts';
import { requestToken } from './request-token.ts';

export type { GraphEndpoints, GraphRight } from './graph-account.ts';

/** Where the right to ask for tokens is kept; the directory's own reading keeps newer ones there as well. */
export interface AccountSecret {
  get(): Promise<string | null>;
  set(secret: string): Promise<void>;
}

export interface AccountAccessOptions {
  account: { clientId: string; tenant: string };
  secret: AccountSecret;
  right: GraphRight;
  /** A client for one request. */
  http: (url: string, signal: AbortSignal) => Promise<HttpClient>;
  clock: Clock;
  endpoints?: GraphEndpoints;
}

/** ms before its end from which on a token is not used any more. */
const margin = 60_000;

/** Tokens of a directory's account, for somebody who may do more with it than read contacts. */
export class AccountAccess {
  readonly endpoint: string;
  private readonly options: AccountAccessOptions;
  private readonly endpoints: GraphEndpoints;
  private kept: { token: string; until: number } | null = null;

  constructor(options: AccountAccessOptions) {
    this.options = options;
    this.endpoints = options.endpoints ?? microsoftEndpoints;
    this.endpoint = this.endpoints.graph;
  }

  /** Unix ms, by the clock that tokens are held against. */
  now(): number {
    return this.options.clock.now();
  }

  client(signal: AbortSignal): Promise<HttpClient> {
    return this.options.http(this.endpoint, signal);
  }

  /**
   * @param fresh the one given before was refused
   * @throws OffhookError `directory.sign-in-needed` where nobody has signed in, or not agreed to the right; `directory.*`
   */
  async token(signal: AbortSignal, fresh = false): Promise<string> {
    const { clock } = this.options;
    if (!fresh && this.kept && this.kept.until > clock.now()) return this.kept.token;
    this.kept = null;
    const secret = await this.options.secret.get();
    const { accessToken, expiresIn } = await this.ask(secret, signal).catch(async (error: unknown) => {
      // Somebody else has used the right meanwhile, and keeps another by now.
      const newer = await this.options.secret.get();
      if (error instanceof OffhookError && error.code === 'directory.sign-in-needed' && newer !== secret)
        return this.ask(newer, signal);
      throw error;
    });
    this.kept = { token: accessToken, until: clock.now() + expiresIn * 1000 - margin };
    return accessToken;
  }

  private async ask(secret: string | null, signal: AbortSignal): Promise<{ accessToken: string; expiresIn: number }> {
    const { account: wanted, right, http } = this.options;
    const account: GraphAccount = unpackAccount(secret, wanted);
    const fetch = await http(this.endpoints.login, signal);
    const tokens = await requestToken(account, account, { fetch, endpoints: this.endpoints, rights: [right] });
    if (tokens.refreshToken !== account.refreshToken)
      await this.options.secret.set(packAccount({ ...account, refreshToken: tokens.refreshToken }));
    return tokens;
  }
}
