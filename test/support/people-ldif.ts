export interface LdifPerson {
  uid: string;
  cn: string;
  sn: string;
  /** Further attributes; bytes are written as base64, as is what is not plain. */
  more?: Record<string, string | Buffer | readonly string[]>;
}

export const suffix = 'dc=example,dc=test';
export const peopleBase = `ou=Люди,${suffix}`;

/** The root of the tree and a place for people with a Cyrillic name. */
export const treeLdif = [
  record({ dn: suffix, objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Example' }),
  record({ dn: peopleBase, objectClass: 'organizationalUnit', ou: 'Люди' }),
].join('\n');

/** Bound to by tests: reads, and has no right to more. */
export const readerName = `cn=reader,${suffix}`;
export const readerPassword = 'reader-secret';
export const readerLdif = record({
  dn: readerName,
  objectClass: ['organizationalRole', 'simpleSecurityObject'],
  cn: 'reader',
  userPassword: readerPassword,
});

export function dnOf(uid: string): string {
  return `uid=${uid},${peopleBase}`;
}

export function personLdif({ uid, cn, sn, more = {} }: LdifPerson): string {
  return record({ dn: dnOf(uid), objectClass: 'inetOrgPerson', uid, cn, sn, ...more });
}

/** So many people with a name, a number of an office, a mobile one and an address. */
export function crowdLdif(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => String(index).padStart(5, '0'));
  return numbers
    .map((digits) =>
      personLdif({
        uid: `p${digits}`,
        cn: `Person ${digits}`,
        sn: digits,
        more: {
          telephoneNumber: `+749512${digits}`,
          mobile: `+7916555${digits.slice(1)}`,
          mail: `p${digits}@example.test`,
        },
      }),
    )
    .join('\n');
}

export function record(attributes: Record<string, string | Buffer | readonly string[]>): string {
  const lines = Object.entries(attributes).flatMap(([name, value]) =>
    (typeof value === 'string' || Buffer.isBuffer(value) ? [value] : value).map((each) => line(name, each)),
  );
  return `${lines.join('\n')}\n`;
}

function line(name: string, value: string | Buffer): string {
  const plain =
    typeof value === 'string' && /^[\x21-\x39\x3b\x3d-\x7e][\x20-\x7e]*$/.test(value) && !value.startsWith('<');
  return plain ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
}
