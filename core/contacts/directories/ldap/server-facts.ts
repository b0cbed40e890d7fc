import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { guidText } from './entry-key.ts';
import { readOne } from './find-entries.ts';
import type { LdapSession } from './ldap-session.ts';

/** What a server says of itself (RFC 4512, 5.1; for Active Directory MS-ADTS, 3.1.1.3.2). */
export interface ServerFacts {
  /** Where people are searched for. */
  base: string;
  /** Root of an Active Directory's own domain; null elsewhere. */
  domain: string | null;
  /** Count of all changes, and whose count it is; null for a server that has none. */
  changes: { usn: string; server: string; invocation: string } | null;
  /** Active Directory, which has no `modifyTimestamp` to search by. */
  activeDirectory: boolean;
}

const asked = ['namingContexts', 'defaultNamingContext', 'highestCommittedUSN', 'dsServiceName'];

export async function readServerFacts(session: LdapSession, config: DirectoryConfigOf<'ldap'>): Promise<ServerFacts> {
  const root = await readOne(session, { base: '', attributes: asked });
  const text = (name: string) => root?.texts(name)[0] ?? '';
  const contexts = root?.texts('namingContexts') ?? [];
  const domain = text('defaultNamingContext');
  const own = domain || (contexts.length === 1 ? (contexts[0] ?? '') : '');
  const [usn, server] = [text('highestCommittedUSN'), text('dsServiceName')];
  const invocation = /^\d+$/.test(usn) && server !== '' ? await invocationOf(session, server) : null;
  return {
    base: config.filterBase || config.base || own,
    domain: domain || null,
    changes: invocation === null ? null : { usn, server, invocation },
    activeDirectory: usn !== '',
  };
}

/** Changes when the server was restored from a backup, and its count runs anew. */
async function invocationOf(session: LdapSession, server: string): Promise<string | null> {
  const settings = await readOne(session, { base: server, attributes: ['invocationId'] });
  const [id] = settings?.values('invocationId') ?? [];
  return id?.length === 16 ? guidText(id) : null;
}
