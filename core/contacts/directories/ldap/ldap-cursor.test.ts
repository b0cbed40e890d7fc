import { expect, test } from 'vitest';
import { directoryConfig, ldapPresets, type DirectoryConfigOf } from '#contract/ipc/index.ts';
import { configurationHash, readCursor } from './ldap-cursor.ts';

const config = directoryConfig.parse({
  kind: 'ldap',
  preset: 'openldap',
  host: 'ldap.test',
  base: 'dc=test',
  ...ldapPresets.openldap,
}) as DirectoryConfigOf<'ldap'>;
const time = { version: 1, kind: 'time', of: 'x', latest: 5, seen: '' };

test('a cursor is taken for its own configuration alone', () => {
  expect(readCursor(JSON.stringify(time), 'x')).toEqual(time);
  expect(readCursor(JSON.stringify(time), 'y')).toBeNull();
});

test.for([
  null,
  '',
  'x',
  '[]',
  '{"version":2,"kind":"time","of":"x","latest":5,"seen":""}',
  '{"version":1,"kind":"usn","of":"x","usn":"-1"}',
])('what is no cursor begins anew: %s', (text) => {
  expect(readCursor(text, 'x')).toBeNull();
});

test('base, filter, attributes and who asks make a configuration; pages and encryption do not', () => {
  const of = (given: Partial<typeof config>) => configurationHash({ ...config, ...given });
  const other = [
    { base: 'dc=other' },
    { filter: '(a=1)' },
    { filterBase: 'ou=a' },
    { bindName: 'cn=a' },
    { attributes: { ...config.attributes, id: 'uid' } },
  ];
  expect(new Set([of({}), ...other.map(of)]).size).toBe(6);
  expect(of({ pageSize: 10, security: 'starttls', certificateAuthority: '/a' })).toBe(of({}));
});
