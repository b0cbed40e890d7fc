import type { DirectoryConfigOf } from './directories.ts';

export type LdapPreset = Pick<DirectoryConfigOf<'ldap'>, 'port' | 'security' | 'filter' | 'attributes'>;

/**
 * What a form begins with. Attributes are those of MS-ADA1–3 and of inetOrgPerson (RFC 2798, RFC 4519); `entryUUID` is
 * RFC 4530's.
 */
export const ldapPresets: Record<'active-directory' | 'openldap', LdapPreset> = {
  'active-directory': {
    port: 636,
    security: 'ldaps',
    // People whose account is not disabled, and contacts, which have no account. The long number is "bitwise and".
    filter:
      '(&(objectCategory=person)(|(objectClass=contact)(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))))',
    attributes: {
      id: 'objectGUID',
      name: ['displayName', 'cn'],
      givenName: ['givenName'],
      familyName: ['sn'],
      firm: ['company'],
      role: ['title'],
      department: ['department'],
      email: ['mail'],
      note: ['info'],
      photo: ['thumbnailPhoto', 'jpegPhoto'],
      numbers: [
        { attribute: 'telephoneNumber', label: 'work' },
        { attribute: 'otherTelephone', label: 'work' },
        { attribute: 'mobile', label: 'mobile' },
        { attribute: 'otherMobile', label: 'mobile' },
        { attribute: 'ipPhone', label: 'internal' },
        { attribute: 'otherIpPhone', label: 'internal' },
        { attribute: 'homePhone', label: 'home' },
        { attribute: 'otherHomePhone', label: 'home' },
        { attribute: 'facsimileTelephoneNumber', label: 'fax' },
      ],
      shown: [],
    },
  },
  openldap: {
    port: 636,
    security: 'ldaps',
    filter: '(objectClass=inetOrgPerson)',
    attributes: {
      id: 'entryUUID',
      name: ['displayName', 'cn'],
      givenName: ['givenName'],
      familyName: ['sn'],
      firm: ['o'],
      role: ['title'],
      department: ['ou', 'departmentNumber'],
      email: ['mail'],
      note: ['description'],
      photo: ['jpegPhoto'],
      numbers: [
        { attribute: 'telephoneNumber', label: 'work' },
        { attribute: 'mobile', label: 'mobile' },
        { attribute: 'homePhone', label: 'home' },
        { attribute: 'facsimileTelephoneNumber', label: 'fax' },
      ],
      shown: [],
    },
  },
};
