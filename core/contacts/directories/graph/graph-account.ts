import { OffhookError } from '#contract/errors.ts';

/** Where Microsoft's servers are; other places in tests. */
export interface GraphEndpoints {
  /** Of the sign-in. */
  login: string;
  /** Of Graph, with its version. */
  graph: string;
}

export const microsoftEndpoints: GraphEndpoints = {
  login: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com/v1.0',
};

/** What more than reading contacts somebody may want of an account. */
export type GraphRight = 'Contacts.ReadWrite' | 'Tasks.ReadWrite' | 'Calendars.ReadWrite';

/** Reading contacts, and what else is wanted. */
export function graphScope(rights: readonly GraphRight[] = []): string {
  return ['offline_access', ...['Contacts.Read', ...rights].map((name) => `https://graph.microsoft.com/${name}`)].join(
    ' ',
  );
}

/** What is kept of a sign-in, as the secret of the directory: the right to ask for tokens, for this app and tenant alone. */
export interface GraphAccount {
  refreshToken: string;
  clientId: string;
  tenant: string;
}

export function packAccount(account: GraphAccount): string {
  return JSON.stringify(account);
}

/** @throws OffhookError `directory.sign-in-needed` where nobody has signed in, or for another app or tenant */
export function unpackAccount(secret: string | null, wanted: { clientId: string; tenant: string }): GraphAccount {
  try {
    const { refreshToken, clientId, tenant } = JSON.parse(secret ?? '') as Partial<GraphAccount>;
    if (typeof refreshToken === 'string' && clientId === wanted.clientId && tenant === wanted.tenant)
      return { refreshToken, clientId, tenant };
  } catch {
    // No account is kept there.
    throw new OffhookError('directory.sign-in-needed');
  }
  throw new OffhookError('directory.sign-in-needed');
}

/** @throws OffhookError `directory.invalid` for what cannot be part of the address of a sign-in */
export function signInAddress(endpoints: GraphEndpoints, tenant: string, action: 'authorize' | 'token'): string {
  if (!/^[\w.-]{1,100}$/.test(tenant))
    throw new OffhookError('directory.invalid', { values: { host: new URL(endpoints.login).host }, detail: 'tenant' });
  return `${endpoints.login}/${tenant}/oauth2/v2.0/${action}`;
}
