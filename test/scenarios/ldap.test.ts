import { describe, expect, test } from 'vitest';
import { ldapPresets } from '#contract/ipc/index.ts';
import { openLdapOffice, preview, refresh, refreshAgain } from '#test/support/ldap-office.ts';
import { crowdLdif, dnOf, peopleBase, personLdif, record, suffix } from '#test/support/people-ldif.ts';
import { hasSlapd } from '#test/support/slapd-server.ts';
import { jpeg } from '#test/support/tiny-pictures.ts';

const ivan = personLdif({
  uid: 'ivan',
  cn: 'Иван Петров',
  sn: 'Петров',
  more: { telephoneNumber: ['+7 495 123-45-67', '101'], 'title;lang-ru': 'Инженер', jpegPhoto: jpeg },
});
const maria = personLdif({ uid: 'maria', cn: 'Мария Сидорова', sn: 'Сидорова', more: { mobile: '8 916 123-45-67' } });

describe.skipIf(!hasSlapd)('five thousand people of a real OpenLDAP server', () => {
  test('come in pages of 500, and a second refresh puts nothing', async () => {
    const office = await openLdapOffice({ people: crowdLdif(5000) });
    const { reading, outcome } = await refresh(office.config());
    expect(outcome.kind).toBe('complete');
    expect(reading.entries.size).toBe(5000);
    expect(reading.skipped).toEqual([]);
    expect(office.server.asked(/SRCH base="ou=/)).toHaveLength(10);
    await expect.poll(() => office.server.asked(/SEARCH RESULT .* nentries=500 /)).toHaveLength(10);
    expect([...reading.entries.values()].find((entry) => entry.name === 'Person 00042')).toMatchObject({
      key: expect.stringMatching(/^[0-9a-f-]{36}$/),
      numbers: [
        { text: '+74951200042', label: 'work' },
        { text: '+79165550042', label: 'mobile' },
      ],
      emails: ['p00042@example.test'],
      place: dnOf('p00042'),
    });
    const second = await refreshAgain(office.config(), reading, outcome);
    expect(second.outcome).toEqual({ kind: 'unchanged', cursor: outcome.cursor });
    expect(second.reading.puts).toBe(0);
  });

  test('of whom some were changed, added, deleted and renamed: exactly these are put and removed', async () => {
    const office = await openLdapOffice({ people: crowdLdif(5000) });
    const { reading, outcome } = await refresh(office.config());
    const keyOf = (uid: string) => [...reading.entries.values()].find((entry) => entry.place === dnOf(uid))?.key;
    office.server.modify(
      [
        `dn: ${dnOf('p00001')}\nchangetype: modify\nreplace: mobile\nmobile: +79160000001\n`,
        `dn: ${dnOf('p00002')}\nchangetype: delete\n`,
        `dn: ${dnOf('p00003')}\nchangetype: modrdn\nnewrdn: uid=renamed\ndeleteoldrdn: 1\n`,
        // No longer among those that the filter lets pass.
        `dn: ${dnOf('p00004')}\nchangetype: modify\nreplace: employeeType\nemployeeType: left\n`,
        `dn: ${dnOf('new')}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: new\ncn: Newcomer\nsn: Newcomer\n`,
      ].join('\n'),
    );
    const filter = '(&(objectClass=inetOrgPerson)(!(employeeType=left)))';
    const other = await refresh(office.config({ filter }));
    expect(other.reading.entries.size).toBe(4999);
    const second = await refreshAgain(office.config(), reading, outcome);
    expect(second.outcome.kind).toBe('partial');
    expect([...second.reading.entries.values()].map((entry) => entry.place).toSorted()).toEqual(
      ['new', 'p00001', 'p00004', 'renamed'].map(dnOf),
    );
    expect(second.reading.entries.get(keyOf('p00003') ?? '')?.place).toBe(dnOf('renamed'));
    expect(second.reading.removed).toEqual([keyOf('p00002')]);

    office.server.modify(`dn: ${dnOf('p00005')}\nchangetype: modify\nreplace: employeeType\nemployeeType: left\n`);
    const left = await refreshAgain(office.config({ filter }), other.reading, other.outcome);
    expect(left.outcome.kind).toBe('partial');
    expect(left.reading.puts).toBe(0);
    expect(left.reading.removed).toEqual([keyOf('p00005')]);
  });
});

describe.skipIf(!hasSlapd)('people of an OpenLDAP server', () => {
  test('come with all their numbers, words in Russian, photos and where they lie', async () => {
    const office = await openLdapOffice({ people: ivan });
    const attributes = { ...ldapPresets.openldap.attributes, shown: [{ attribute: 'UID', name: 'Login' }] };
    const { reading } = await refresh(office.config({ attributes }));
    expect([...reading.entries.values()]).toMatchObject([
      {
        name: 'Иван Петров',
        role: 'Инженер',
        numbers: [
          { text: '+7 495 123-45-67', label: 'work' },
          { text: '101', label: 'work' },
        ],
        fields: [{ name: 'Login', value: 'ivan' }],
        photo: { type: 'image/jpeg', bytes: Uint8Array.from(jpeg) },
        place: dnOf('ivan'),
      },
    ]);
  });

  test.for([
    ['written as it is', '(&(objectClass=inetOrgPerson)(cn=*петров*))'],
    ['as bytes, as other programs write it', '(sn=\\d0\\9f\\d0\\b5\\d1\\82\\d1\\80\\d0\\be\\d0\\b2)'],
    ['over several lines', '(&\n  (objectClass=inetOrgPerson)\n  (!(sn=Сидорова))\n)'],
  ] as const)('are found by a Cyrillic filter at a Cyrillic base: %s', async ([, filter]) => {
    const office = await openLdapOffice({ people: `${ivan}\n${maria}` });
    const { reading } = await refresh(office.config({ filter }));
    expect([...reading.entries.values()].map((entry) => entry.name)).toEqual(['Иван Петров']);
  });

  test('are searched for at a root of the filter’s own, and at the server’s where none is given', async () => {
    const branch = record({ dn: `ou=Склад,${peopleBase}`, objectClass: 'organizationalUnit', ou: 'Склад' });
    const storeman = record({
      dn: `cn=Кладовщик,ou=Склад,${peopleBase}`,
      objectClass: 'inetOrgPerson',
      cn: 'Кладовщик',
      sn: 'К',
    });
    const office = await openLdapOffice({ people: [ivan, branch, storeman].join('\n') });
    const narrow = await refresh(office.config({ base: suffix, filterBase: `ou=Склад,${peopleBase}` }));
    expect([...narrow.reading.entries.values()].map((entry) => entry.name)).toEqual(['Кладовщик']);
    const wide = await refresh(office.config({ base: '' }));
    expect(wide.reading.entries.size).toBe(2);
  });

  test('are read anew as a whole when the configuration is another, or the cursor is not understood', async () => {
    const office = await openLdapOffice({ people: `${ivan}\n${maria}` });
    const first = await refresh(office.config());
    const other = await refreshAgain(office.config({ filter: '(sn=Петров)' }), first.reading, first.outcome);
    expect(other.outcome.kind).toBe('complete');
    for (const cursor of ['{"version":2}', 'nonsense', '{"version":1,"kind":"usn"}']) {
      const strange = await refreshAgain(office.config(), first.reading, { ...first.outcome, cursor });
      expect(strange.outcome.kind).toBe('complete');
      expect(strange.reading.entries.size).toBe(2);
    }
  });

  test('are named by where they lie when they have no id', async () => {
    const office = await openLdapOffice({ people: `${ivan}\n${maria}` });
    const config = office.config({ attributes: { ...ldapPresets.openldap.attributes, id: 'employeeNumber' } });
    const { reading, outcome } = await refresh(config);
    expect([...reading.entries.keys()]).toEqual([
      `dn:${dnOf('ivan')}`.toLowerCase(),
      `dn:${dnOf('maria')}`.toLowerCase(),
    ]);
    office.server.modify(`dn: ${dnOf('ivan')}\nchangetype: modrdn\nnewrdn: uid=vanya\ndeleteoldrdn: 1\n`);
    const second = await refreshAgain(config, reading, outcome);
    expect([...second.reading.entries.keys()]).toEqual([`dn:${dnOf('vanya')}`.toLowerCase()]);
    expect(second.reading.removed).toEqual([`dn:${dnOf('ivan')}`.toLowerCase()]);
  });

  test('are shown before they are taken over, with the attributes that there are and no password', async () => {
    const people = [
      personLdif({ uid: 'a', cn: 'A', sn: 'A', more: { userPassword: 'known', roomNumber: '12' } }),
      crowdLdif(40),
    ];
    const office = await openLdapOffice({ people: people.join('\n') });
    const { reading, outcome } = await preview(office.config());
    expect(reading.entries.size).toBe(20);
    expect(outcome.count).toBeNull();
    expect(outcome.parts).toContainEqual({ id: 'roomNumber', label: 'roomNumber: 12' });
    expect(JSON.stringify(outcome.parts)).not.toContain('known');
    const few = await preview(office.config({ filter: '(roomNumber=12)' }));
    expect(few.outcome.count).toBe(1);
  });
});
