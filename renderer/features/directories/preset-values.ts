import { ldapPresets } from '#contract/ipc/index.ts';
import type { DirectoryConfigOf, LdapPreset } from '#contract/ipc/index.ts';

export type PresetName = DirectoryConfigOf<'ldap'>['preset'];

/** What a form begins with. Another server is asked by the names of the standard, which OpenLDAP goes by. */
export function presetValues(preset: PresetName): LdapPreset {
  if (preset !== 'custom') return ldapPresets[preset];
  return { ...ldapPresets.openldap, filter: '(objectClass=person)' };
}
