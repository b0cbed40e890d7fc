import { toReport, type ErrorReport } from '#contract/errors.ts';
import { ldapPresets, type DirectoryConfigOf } from '#contract/ipc/index.ts';
import { CollectedReading } from '#core/contacts/directories/directory-reading.test-support.ts';
import type { DirectoryEnvironment, RefreshOutcome } from '#core/contacts/directories/directory-source.ts';
import { openLdapDirectory } from '#core/contacts/directories/ldap/ldap-directory.ts';
import type { LdapWaits } from '#core/contacts/directories/ldap/ldap-socket.ts';
import { TestAuthority, type CertificateKind } from './certificates.ts';
import { peopleBase, readerLdif, readerName, readerPassword, suffix, treeLdif } from './people-ldif.ts';
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
  return {
    server,
    /** PEM file. */
    authority: authority?.certificate ?? '',
    config: (given: Partial<LdapConfig> = {}) => ldapConfig(server.port, given),
  };
}

/** Long enough for a machine with much to do. */
const patient: LdapWaits = { connect: 10_000, answer: 15_000 };
/** For what never comes. */
export const impatient: LdapWaits = { connect: 500, answer: 500 };

export const freshReading = () => new CollectedReading({ secret: readerPassword });

export async function refresh(config: LdapConfig, reading = freshReading(), waits = patient) {
  const outcome = await openLdapDirectory(config, environment, waits).refresh(reading);
  return { reading, outcome };
}

/** The next refresh, with what `before` left stored; `reading` collects what is new alone. */
export async function refreshAgain(config: LdapConfig, before: CollectedReading, { cursor }: RefreshOutcome) {
  const reading = new CollectedReading({ cursor, secret: readerPassword });
  reading.known = before.known;
  return await refresh(config, reading);
}

export async function preview(config: LdapConfig, reading = freshReading()) {
  const outcome = await openLdapDirectory(config, environment, patient).preview(reading);
  return { reading, outcome };
}

/** How a refresh fails. */
export async function problemOf(
  config: LdapConfig,
  reading = freshReading(),
  waits = patient,
): Promise<ErrorReport | null> {
  return await refresh(config, reading, waits).then(
    () => null,
    (error: unknown) => toReport(error),
  );
}
