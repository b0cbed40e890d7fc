import { account } from '#contract/ipc/index.ts';
import type { Account } from '#contract/ipc/index.ts';

/** The account as the form holds it: texts and switches. */
export interface LineDraft {
  label: string;
  displayName: string;
  user: string;
  authorizationUser: string;
  domain: string;
  transport: Account['transport'];
  serverHost: string;
  serverPort: string;
  outboundProxy: string;
  webSocketPath: string;
  media: Account['media'];
  registerExpires: string;
  trustIdentity: boolean;
  verifyCertificate: boolean;
  stunServer: string;
  enabled: boolean;
}

const blank = account.parse({ user: 'x', domain: 'x' });

export function toDraft(from: Account = { ...blank, user: '', domain: '' }): LineDraft {
  return {
    ...from,
    authorizationUser: from.authorizationUser ?? '',
    serverHost: from.serverHost ?? '',
    serverPort: from.serverPort === null ? '' : String(from.serverPort),
    outboundProxy: from.outboundProxy ?? '',
    registerExpires: String(from.registerExpires),
    stunServer: from.stunServer ?? '',
  };
}

/** `pbx.example:5070` as many providers hand it out: the port goes to its own field. */
function splitServer(text: string): { domain: string; port: string } {
  const plain = text.trim().replace(/^sips?:/i, '');
  const found = /^(?<domain>[^:\s]+):(?<port>\d{1,5})$/.exec(plain)?.groups;
  return { domain: found?.['domain'] ?? plain, port: found?.['port'] ?? '' };
}

/** `101@pbx.example` as a login: the part before the @ is the user. */
function splitUser(text: string): string {
  return text.trim().replace(/^sips?:/i, '').replace(/@.*$/, '');
}

export type DraftField = keyof LineDraft;
export type DraftOutcome = { account: Account; wrong: null } | { account: null; wrong: Set<DraftField> };

/** The account, or which fields cannot be so. */
export function fromDraft(draft: LineDraft): DraftOutcome {
  const { domain, port } = splitServer(draft.domain);
  const orNull = (text: string) => text.trim() || null;
  const serverPort = draft.serverPort.trim() || port;
  const parsed = account.safeParse({
    ...draft,
    user: splitUser(draft.user),
    domain,
    authorizationUser: orNull(draft.authorizationUser),
    serverHost: orNull(draft.serverHost),
    serverPort: serverPort === '' ? null : Number(serverPort),
    outboundProxy: orNull(draft.outboundProxy),
    webSocketPath: draft.webSocketPath.trim() || '/ws',
    registerExpires: Number(draft.registerExpires),
    stunServer: orNull(draft.stunServer),
  });
  if (parsed.success) return { account: parsed.data, wrong: null };
  return { account: null, wrong: new Set(parsed.error.issues.map((issue) => issue.path[0] as DraftField)) };
}
