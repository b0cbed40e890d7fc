import { OffhookError } from '#contract/errors.ts';
import type { HttpClient } from '#core/network/index.ts';
import { graphScope, signInAddress, type GraphAccount, type GraphEndpoints, type GraphRight } from './graph-account.ts';

export interface GraphTokens {
  accessToken: string;
  /** The newest; Microsoft gives another with each answer. */
  refreshToken: string;
  /** Seconds for which the first is good. */
  expiresIn: number;
}

interface TokenAnswer {
  access_token?: unknown;
  expires_in?: unknown;
  refresh_token?: unknown;
  error?: unknown;
  error_description?: unknown;
}

/** By a code of a sign-in just made, or by what an earlier one left. */
export type Grant = { code: string; codeVerifier: string; redirectUri: string } | { refreshToken: string };

function form(grant: Grant, clientId: string, rights: readonly GraphRight[]): URLSearchParams {
  const common = { client_id: clientId, scope: graphScope(rights) };
  if ('refreshToken' in grant)
    return new URLSearchParams({ ...common, grant_type: 'refresh_token', refresh_token: grant.refreshToken });
  const { code, codeVerifier, redirectUri } = grant;
  return new URLSearchParams({
    ...common,
    grant_type: 'authorization_code',
    code,
    code_verifier: codeVerifier,
    redirect_uri: redirectUri,
  });
}

/**
 * Asks for tokens (RFC 6749, 4.1.3 and 6).
 * @throws OffhookError `directory.sign-in-needed` where the right has ended, `directory.sign-in-failed`, `directory.*`
 */
export async function requestToken(
  account: Omit<GraphAccount, 'refreshToken'>,
  grant: Grant,
  given: { fetch: HttpClient; endpoints: GraphEndpoints; rights?: readonly GraphRight[] },
): Promise<GraphTokens> {
  const response = await given.fetch(signInAddress(given.endpoints, account.tenant, 'token'), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form(grant, account.clientId, given.rights ?? []).toString(),
  });
  const answer = readAnswer(await response.text(), new URL(given.endpoints.login).host);
  const { access_token: accessToken, refresh_token: refreshToken, error } = answer;
  if (typeof accessToken === 'string' && response.status === 200) {
    const kept = typeof refreshToken === 'string' ? refreshToken : 'refreshToken' in grant ? grant.refreshToken : null;
    const expiresIn = typeof answer.expires_in === 'number' ? answer.expires_in : 0;
    if (kept !== null) return { accessToken, refreshToken: kept, expiresIn };
  }
  // Its first line; the others name the user's request.
  const said =
    typeof answer.error_description === 'string' ? answer.error_description.split(/[\r\n]/)[0]!.slice(0, 200) : '';
  const ended = error === 'invalid_grant' || error === 'interaction_required';
  throw new OffhookError('refreshToken' in grant && ended ? 'directory.sign-in-needed' : 'directory.sign-in-failed', {
    detail: `HTTP ${response.status} ${typeof error === 'string' ? error : ''} ${said}`.trim(),
  });
}

function readAnswer(body: string, host: string): TokenAnswer {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch (cause) {
    throw new OffhookError('directory.bad-answer', { values: { host }, detail: 'no JSON from the sign-in', cause });
  }
  throw new OffhookError('directory.bad-answer', { values: { host }, detail: 'no tokens from the sign-in' });
}
