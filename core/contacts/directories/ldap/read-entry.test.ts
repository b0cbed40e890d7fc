import { describe, expect, test } from 'vitest';
import { ldapPresets } from '#contract/ipc/index.ts';
import { jpeg } from '#test/support/tiny-pictures.ts';
import { RawEntry } from './raw-entry.ts';
import { askedAttributes, readEntry } from './read-entry.ts';

const map = ldapPresets['active-directory'].attributes;

function raw(attributes: Record<string, string | Buffer | (string | Buffer)[]>): RawEntry {
  const all = Object.entries(attributes).map(([type, values]) => ({
    type,
    values: [values].flat().map((value) => Buffer.from(value)),
  }));
  return new RawEntry('CN=Иван,OU=Staff,DC=office', all);
}

describe('an entry of a directory', () => {
  test('gives every value of every attribute of numbers once, with its label', () => {
    const { entry } = readEntry(
      raw({ telephoneNumber: '+7 495 1', otherTelephone: ['2', '3', '+7 495 1'], otherMobile: ['4', '2'] }),
      map,
    );
    expect(entry.numbers).toEqual([
      { text: '+7 495 1', label: 'work' },
      { text: '2', label: 'work' },
      { text: '3', label: 'work' },
      { text: '4', label: 'mobile' },
    ]);
  });

  test('is known by its GUID, in Microsoft’s order of bytes', () => {
    const objectGUID = Buffer.from('a1b2c3d4e5f60718293a4b5c6d7e8f90', 'hex');
    expect(readEntry(raw({ objectGUID }), map).entry.key).toBe('d4c3b2a1-f6e5-1807-293a-4b5c6d7e8f90');
  });

  test.for([
    ['a text', { id: 'entryUUID' }, { entryuuid: '0b5c-1' }, '0b5c-1'],
    ['bytes', { id: 'objectSid' }, { objectSid: Buffer.from('01ff', 'hex') }, '01ff'],
    ['its name for want of an id', { id: 'entryUUID' }, { cn: 'x' }, 'dn:cn=иван,ou=staff,dc=office'],
    ['its name when no id is chosen', { id: '' }, { entryUUID: '1' }, 'dn:cn=иван,ou=staff,dc=office'],
  ] as const)('is known by %s', ([, given, attributes, key]) => {
    expect(readEntry(raw(attributes), { ...map, ...given }).entry.key).toBe(key);
  });

  test('has a key of bounded length, whatever its id', () => {
    expect(readEntry(raw({ entryUUID: 'x'.repeat(600) }), { ...map, id: 'entryUUID' }).entry.key).toMatch(
      /^sha256:[0-9a-f]{64}$/,
    );
  });

  test.for([
    ['what is displayed', { displayName: 'Петров И.', cn: 'ivan', sn: 'Петров' }, 'Петров И.'],
    ['the common name', { cn: 'Иван Петров' }, 'Иван Петров'],
    ['given and family name where nothing else is', { givenName: 'Иван', sn: 'Петров' }, 'Иван Петров'],
    ['the family name alone', { sn: 'Петров' }, 'Петров'],
    ['the Russian form where there is no plain one', { 'displayName;lang-ru': 'Иван' }, 'Иван'],
    ['the plain form where there are both', { 'displayName;lang-en': 'Ivan', displayName: 'Иван' }, 'Иван'],
    ['no blanks', { displayName: '  ', cn: ' Иван ' }, 'Иван'],
  ] as const)('is named by %s', ([, attributes, name]) => {
    expect(readEntry(raw(attributes), map).entry.name).toBe(name);
  });

  test('is read by a chosen option, and in whatever case', () => {
    const given = { ...map, name: ['CN;LANG-RU'] };
    expect(readEntry(raw({ cn: 'Ivan', 'cn;lang-ru': 'Иван' }), given).entry.name).toBe('Иван');
  });

  test('has the address of a mailbox and no other among its addresses', () => {
    const given = { ...map, email: ['mail', 'proxyAddresses'] };
    const { entry } = readEntry(
      raw({
        mail: 'a@office.test',
        proxyAddresses: ['SMTP:a@office.test', 'smtp:b@office.test', 'X500:/o=Office', 'sip:a@office.test'],
      }),
      given,
    );
    expect(entry.emails).toEqual(['a@office.test', 'b@office.test']);
  });

  test('shows what was chosen to be seen, under its name', () => {
    const given = {
      ...map,
      shown: [
        { attribute: 'roomNumber', name: 'Кабинет' },
        { attribute: 'objectSid', name: 'SID' },
      ],
    };
    expect(
      readEntry(raw({ roomNumber: ['12', '14'], objectSid: Buffer.from('01ff', 'hex') }), given).entry.fields,
    ).toEqual([{ name: 'Кабинет', value: '12, 14' }]);
  });

  test.for([
    ['image/jpeg', jpeg],
    ['image/jpeg', Buffer.from('ffd8ffdb00', 'hex')],
    ['image/png', Buffer.from('89504e470d0a1a0a00', 'hex')],
    ['image/gif', Buffer.from('GIF89a..')],
    ['image/webp', Buffer.from('RIFF....WEBPVP8 ')],
  ] as const)('has a photo of type %s by its first bytes', ([type, bytes]) => {
    const { entry, problems } = readEntry(raw({ 'thumbnailPhoto;binary': bytes }), map);
    expect(entry.photo).toEqual({ type, bytes: Uint8Array.from(bytes) });
    expect(problems).toEqual([]);
  });

  test('tells which photo and which text it left out', () => {
    const large = Buffer.alloc(3_000_000, 'a');
    const place = 'CN=Иван,OU=Staff,DC=office';
    expect(readEntry(raw({ thumbnailPhoto: large, info: large, cn: 'Иван' }), map).problems).toEqual([
      { code: 'entry.too-large', values: { place: `${place} (info)` }, detail: null },
      { code: 'entry.too-large', values: { place: `${place} (thumbnailPhoto)` }, detail: null },
    ]);
    expect(readEntry(raw({ jpegPhoto: 'BM' }), map).problems).toEqual([
      { code: 'entry.photo-unreadable', values: { place }, detail: 'jpegPhoto' },
    ]);
  });

  test('is asked for by each attribute once', () => {
    const given = { ...map, id: '', shown: [{ attribute: 'MAIL', name: 'E-mail' }] };
    const names = askedAttributes(given).map((name) => name.toLowerCase());
    expect(names).toContain('mail');
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('');
  });
});
