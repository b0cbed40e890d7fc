import { describe, expect, test } from 'vitest';
import { CollectedReading } from '#core/contacts/directories/directory-reading.test-support.ts';
import { openLdapDirectory } from '#core/contacts/directories/ldap/ldap-directory.ts';
import { environment, ldapConfig, openLdapOffice, type LdapConfig } from '#test/support/ldap-office.ts';
import { crowdLdif, dnOf, peopleBase, personLdif, readerPassword, record, suffix } from '#test/support/people-ldif.ts';
import { hasSlapd } from '#test/support/slapd-server.ts';

const quick = { connect: 2000, answer: 2000 };

async function refresh(config: LdapConfig, reading = new CollectedReading({ secret: readerPassword })) {
  const outcome = await openLdapDirectory(config, environment, quick).refresh(reading);
  return { reading, outcome };
}

/** The next refresh after `reading`, with what is stored by then. */
async function again(config: LdapConfig, before: CollectedReading, cursor: string | null) {
  const reading = new CollectedReading({ cursor, secret: readerPassword });
  const stored = new Map([...before.entries]);
  reading.known = async () => new Set(stored.keys());
  const outcome = await openLdapDirectory(config, environment, quick).refresh(reading);
  return { reading, outcome };
}

const failure = async (config: LdapConfig, reading = new CollectedReading({ secret: readerPassword })) =>
  await openLdapDirectory(config, environment, quick).refresh(reading).then(
    () => null,
    (error: unknown) => error,
  );

const ivan = personLdif({ uid: 'ivan', cn: 'Иван Петров', sn: 'Петров', more: { telephoneNumber: ['+7 495 123-45-67', '101'] } });

describe.skipIf(!hasSlapd)('five thousand people of a real OpenLDAP server', () => {
  test('come in pages of 500, and a second refresh puts nothing', { timeout: 120_000 }, async () => {
    const { server } = await openLdapOffice({ people: crowdLdif(5000) });
    const config = ldapConfig(server.port);
    const { reading, outcome } = await refresh(config);
    expect(outcome.kind).toBe('complete');
    expect(reading.entries.size).toBe(5000);
    expect(reading.skipped).toEqual([]);
    expect(server.asked(/SRCH base="ou=/).length).toBe(10);
    const one = [...reading.entries.values()].find((entry) => entry.name === 'Person 00042');
    expect(one).toMatchObject({
      key: expect.stringMatching(/^[0-9a-f-]{36}$/),
      numbers: [
        { text: '+74951200042', label: 'work' },
        { text: '+79165550042', label: 'mobile' },
      ],
      emails: ['p00042@example.test'],
    });
    const second = await again(config, reading, outcome.cursor);
    expect(second.outcome).toEqual({ kind: 'unchanged', cursor: outcome.cursor });
    expect(second.reading.puts).toBe(0);
  });
});

describe.skipIf(!hasSlapd)('at an OpenLDAP server', () => {
  test('reads ivan', async () => {
    const { server } = await openLdapOffice({ people: ivan });
    const { reading, outcome } = await refresh(ldapConfig(server.port));
    console.log(reading.entries, outcome, record, dnOf, peopleBase, suffix, failure);
  });
});
