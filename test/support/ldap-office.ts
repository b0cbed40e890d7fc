import { ldapPresets, type DirectoryConfigOf } from '#contract/ipc/index.ts';
import type { DirectoryEnvironment } from '#core/contacts/directories/directory-source.ts';
import { TestAuthority, type CertificateKind } from './certificates.ts';
import { peopleBase, readerLdif, readerName, suffix, treeLdif } from './people-ldif.ts';
import { SlapdServer, type SlapdOptions } from './slapd-server.ts';
import { openStage } from './stage.ts';

export type LdapConfig = DirectoryConfigOf<'ldap'>;

export const environment: DirectoryEnvironment = { now: () => Date.now(), proxyFor: () => null, outlookHelper: null };

/** As the form would make it, for people of the office, bound as somebody who may only read. */
export function ldapConfig(port: number, given: Partial<LdapConfig> = {}): LdapConfig {
  return {
    kind: 'ldap',
    preset: 'openldap',
    host: '127.0.0.1',
    checkCertificate: true,
    certificateAuthority: '',
    bindName: readerName,
    base: peopleBase,
    filterBase: '',
    pageSize: 500,
    ...ldapPresets.openldap,
    port,
    security: 'none',
    ...given,
  };
}

export interface LdapOfficeOptions extends Pick<SlapdOptions, 'globals' | 'settings'> {
  people: string;
  certificate?: CertificateKind;
}

/** A server with people in it, for the running test. */
export async function openLdapOffice({ people, certificate, ...more }: LdapOfficeOptions) {
  const stage = openStage();
  const authority = certificate ? new TestAuthority(stage.folder('certificates')) : null;
  const server = await stage.enter(
    new SlapdServer({
      directory: stage.folder('slapd'),
      suffix,
      content: [treeLdif, readerLdif, people].join('\n'),
      certificate: authority && certificate ? authority.issue(certificate) : null,
      ...more,
    }),
  );
  return { server, authority: authority?.certificate ?? '' };
}
