import type { DirectoryConfigOf, LdapAttributes } from '#contract/ipc/index.ts';

export type LdapPreset = DirectoryConfigOf<'ldap'>['preset'];

export interface LdapPresetValues {
  filter: string;
  attributes: LdapAttributes;
}

const person = {
  givenName: ['givenName'],
  familyName: ['sn'],
  email: ['mail'],
};

/** How the two usual servers name things. `custom` begins as OpenLDAP, whose names are the standard's. */
export const ldapPresets: Record<LdapPreset, LdapPresetValues> = {
  'active-directory': {
    filter:
      '(|(&(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))(objectClass=contact))',
    attributes: {
      ...person,
      id: 'objectGUID',
      name: ['displayName', 'cn'],
      firm: ['company'],
      role: ['title'],
      department: ['department'],
      note: ['info'],
      photo: ['thumbnailPhoto'],
      numbers: [
        { attribute: 'telephoneNumber', label: 'work' },
        { attribute: 'mobile', label: 'mobile' },
        { attribute: 'ipPhone', label: 'internal' },
        { attribute: 'homePhone', label: 'home' },
        { attribute: 'otherTelephone', label: 'work' },
        { attribute: 'otherMobile', label: 'mobile' },
      ],
      shown: [],
    },
  },
  openldap: {
    filter: '(objectClass=inetOrgPerson)',
    attributes: {
      ...person,
      id: 'entryUUID',
      name: ['displayName', 'cn'],
      firm: ['o'],
      role: ['title'],
      department: ['ou', 'departmentNumber'],
      note: ['description'],
      photo: ['jpegPhoto'],
      numbers: [
        { attribute: 'telephoneNumber', label: 'work' },
        { attribute: 'mobile', label: 'mobile' },
        { attribute: 'homePhone', label: 'home' },
      ],
      shown: [],
    },
  },
  custom: {
    filter: '(objectClass=person)',
    attributes: {
      ...person,
      id: 'entryUUID',
      name: ['cn'],
      firm: ['o'],
      role: ['title'],
      department: ['ou'],
      note: ['description'],
      photo: ['jpegPhoto'],
      numbers: [{ attribute: 'telephoneNumber', label: 'work' }],
      shown: [],
    },
  },
};
