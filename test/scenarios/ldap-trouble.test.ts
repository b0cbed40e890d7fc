import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '#test/support/free-port.ts';
import {
  freshReading,
  impatient,
  ldapConfig,
  openLdapOffice,
  problemOf,
  refresh,
  refreshAgain,
} from '#test/support/ldap-office.ts';
import { resultMessage } from '#test/support/ldap-answers.ts';
import { crowdLdif, dnOf, peopleBase, personLdif, record, suffix } from '#test/support/people-ldif.ts';
import { hasSlapd } from '#test/support/slapd-server.ts';
import { jpeg } from '#test/support/tiny-pictures.ts';

const ivan = personLdif({ uid: 'ivan', cn: 'Иван Петров', sn: 'Петров', more: { mobile: '8 916 123-45-67' } });
const maria = personLdif({ uid: 'maria', cn: 'Мария Сидорова', sn: 'Сидорова' });
const huge = Buffer.alloc(10 * 1024 * 1024, 'a');

/** A server that says what it is told to say. @param heard each piece that comes in */
async function openServer(heard: (bytes: Buffer, socket: Socket) => void = () => undefined): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (bytes) => heard(bytes, socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

describe.skipIf(!hasSlapd)('an encrypted connection to OpenLDAP', () => {
  test('with a certificate of the office’s own authority is made by LDAPS and by StartTLS', async () => {
    const { server, authority, config } = await openLdapOffice({
      people: ivan,
      certificate: 'valid',
      globals: ['security ssf=128'],
    });
    const secure = { certificateAuthority: authority };
    const ldaps = await refresh(config({ ...secure, security: 'ldaps', port: server.securePort }));
    expect(ldaps.reading.entries.size).toBe(1);
    const startTls = await refresh(config({ ...secure, security: 'starttls' }));
    expect(startTls.reading.entries.size).toBe(1);
    // In clear this server tells nothing.
    expect(await problemOf(config())).toMatchObject({ code: 'directory.forbidden' });
  });

  test.for([
    ['valid', false, 'directory.certificate-untrusted'],
    ['expired', true, 'directory.certificate-expired'],
    ['wrong-name', true, 'directory.certificate-wrong-name'],
  ] as const)('is not made to one whose certificate is %s, authority known: %s', async ([certificate, known, code]) => {
    const { server, authority, config } = await openLdapOffice({ people: ivan, certificate });
    const given = { certificateAuthority: known ? authority : '' };
    for (const way of [{ security: 'ldaps', port: server.securePort }, { security: 'starttls' }] as const)
      expect(await problemOf(config({ ...given, ...way }))).toMatchObject({ code, values: { host: '127.0.0.1' } });
    const trusting = await refresh(config({ security: 'starttls', checkCertificate: false }));
    expect(trusting.reading.entries.size).toBe(1);
  });

  test('is asked for in vain where the server speaks none, and the password stays here', async () => {
    const { config, server } = await openLdapOffice({ people: ivan });
    expect(await problemOf(config({ security: 'starttls' }))).toMatchObject({
      code: 'directory.server-failed',
      detail: expect.stringMatching(/StartTLS/),
    });
    expect(await problemOf(config({ security: 'ldaps' }))).toMatchObject({
      code: 'directory.bad-answer',
    });
    expect(server.asked(/ BIND /)).toEqual([]);
  });

  test.for([
    ['refuses', 'directory.server-failed', (id: number) => resultMessage(id, 0x78, 2, 'no')],
    ['agrees and goes away', 'directory.bad-answer', (id: number) => resultMessage(id, 0x78)],
    [
      'agrees and says more in clear',
      'directory.bad-answer',
      (id: number) => Buffer.concat([resultMessage(id, 0x78), resultMessage(2, 0x61)]),
    ],
  ] as const)('is not gone without when somebody in between %s', async ([, code, answer]) => {
    let heard = '';
    const port = await openServer((bytes, socket) => {
      heard += bytes.toString('latin1');
      socket.end(answer(1));
    });
    expect(await problemOf(ldapConfig(port, { security: 'starttls', checkCertificate: false }))).toMatchObject({
      code,
    });
    expect(heard).toContain('1.3.6.1.4.1.1466.20037');
    expect(heard).not.toContain('reader');
  });

  test('needs the file of the authority', async () => {
    const file = '/nowhere/authority.pem';
    const config = ldapConfig(await freePort(), { security: 'ldaps', certificateAuthority: file });
    expect(await problemOf(config)).toMatchObject({ code: 'directory.not-found', values: { file } });
  });
});

describe.skipIf(!hasSlapd)('what OpenLDAP refuses has a code of its own', () => {
  test('a wrong password, a name without one, nobody, a base that is not there, a filter that is none', async () => {
    const { config } = await openLdapOffice({ people: ivan, globals: ['disallow bind_anon'] });
    const reading = freshReading();
    reading.secret = 'not-the-secret';
    const wrong = await problemOf(config(), reading);
    expect(wrong).toMatchObject({ code: 'directory.wrong-password' });
    expect(JSON.stringify(wrong)).not.toContain('not-the-secret');
    reading.secret = null;
    expect(await problemOf(config(), reading)).toMatchObject({ code: 'directory.wrong-password' });
    expect(await problemOf(config({ bindName: '' }))).toMatchObject({ code: 'directory.forbidden' });
    expect(await problemOf(config({ bindName: 'no name at all' }))).toMatchObject({ code: 'directory.wrong-password' });
    expect(await problemOf(config({ base: `ou=nobody,${suffix}` }))).toMatchObject({ code: 'directory.invalid' });
    expect(await problemOf(config({ base: 'no base' }))).toMatchObject({ code: 'directory.invalid' });
    expect(await problemOf(config({ filter: '(cn=' }))).toMatchObject({ code: 'directory.invalid' });
  });

  test.for([
    ['without pages', 500],
    ['page by page', 50],
  ] as const)('a limit of 120 entries, %s: they are kept, and nothing is taken for gone', async ([, pageSize]) => {
    const { config } = await openLdapOffice({
      people: crowdLdif(300),
      settings: ['limits * size=120 size.prtotal=120'],
    });
    const reading = freshReading();
    expect(await problemOf(config({ pageSize }), reading)).toMatchObject({
      code: 'directory.limit-reached',
      values: { host: '127.0.0.1' },
    });
    expect(reading.entries.size).toBeGreaterThanOrEqual(100);
    expect(reading.removed).toEqual([]);
  });

  test('a reference to itself is not followed: beneath the base the rest is taken, as the base it is told', async () => {
    const port = await freePort();
    const loop = record({
      dn: `ou=loop,${peopleBase}`,
      objectClass: ['referral', 'extensibleObject'],
      ou: 'loop',
      ref: `ldap://127.0.0.1:${port}/ou=loop,${encodeURI(peopleBase)}`,
    });
    const { config } = await openLdapOffice({ people: [ivan, loop, maria].join('\n') });
    const { reading, outcome } = await refresh(config());
    expect(outcome.kind).toBe('complete');
    expect(reading.entries.size).toBe(2);
    expect(await problemOf(config({ base: `ou=loop,${peopleBase}` }))).toMatchObject({ code: 'directory.referral' });
  });
});

describe.skipIf(!hasSlapd)('what is too much of OpenLDAP', () => {
  test('attributes of 10 MB are left out by name, the rest of their entries is taken', async () => {
    const fat = personLdif({
      uid: 'fat',
      cn: 'Fat',
      sn: 'Fat',
      more: { jpegPhoto: Buffer.concat([jpeg, huge]), description: huge, mobile: '101' },
    });
    const { config } = await openLdapOffice({ people: [ivan, fat, maria].join('\n') });
    const { reading, outcome } = await refresh(config());
    expect(outcome.kind).toBe('complete');
    expect([...reading.entries.values()].find((entry) => entry.name === 'Fat')).toMatchObject({
      photo: null,
      note: '',
      numbers: [{ text: '101' }],
    });
    expect(reading.entries.size).toBe(3);
    expect(reading.skipped.map((report) => [report.code, report.values.place])).toEqual([
      ['entry.too-large', `${dnOf('fat')} (description)`],
      ['entry.too-large', `${dnOf('fat')} (jpegPhoto)`],
    ]);
    expect((await refreshAgain(config(), reading, outcome)).outcome.kind).toBe('unchanged');
  });

  test('a photo of more than 2 MB, and one that is no picture, are told', async () => {
    const large = personLdif({
      uid: 'large',
      cn: 'Large',
      sn: 'L',
      more: { jpegPhoto: Buffer.concat([jpeg, huge.subarray(0, 3_000_000)]) },
    });
    const odd = personLdif({ uid: 'odd', cn: 'Odd', sn: 'O', more: { jpegPhoto: 'BM, says Windows' } });
    const { config } = await openLdapOffice({ people: [large, odd].join('\n') });
    const { reading } = await refresh(config());
    expect(reading.entries.size).toBe(2);
    expect(reading.skipped.map((report) => report.code)).toEqual(['entry.too-large', 'entry.photo-unreadable']);
  });
});

describe('a server that fails', () => {
  test.skipIf(!hasSlapd)('in the middle of a search leaves what came before', async () => {
    const { config, server } = await openLdapOffice({ people: crowdLdif(2000) });
    const reading = freshReading();
    const { put } = reading;
    reading.put = async (entries) => {
      server.kill();
      await put(entries);
    };
    expect(await problemOf(config({ pageSize: 100 }), reading)).toMatchObject({ code: 'directory.unreachable' });
    expect(reading.entries.size).toBeGreaterThan(0);
    expect(reading.entries.size).toBeLessThan(2000);
    expect(reading.removed).toEqual([]);
  });

  test.skipIf(!hasSlapd)('to be wanted any more is left in the middle of its answer', async () => {
    const { config } = await openLdapOffice({ people: crowdLdif(2000) });
    const reading = freshReading();
    const { put } = reading;
    reading.put = async (entries) => {
      reading.stopping.abort();
      await put(entries);
    };
    expect(await problemOf(config(), reading)).toMatchObject({ code: 'directory.cancelled' });
    expect(reading.entries.size).toBe(200);
  });

  test.for(['none', 'starttls', 'ldaps'] as const)(
    'by accepting and never answering is given up (%s), or left when nobody wants the answer',
    async (security) => {
      const port = await openServer();
      expect(await problemOf(ldapConfig(port, { security }), freshReading(), impatient)).toMatchObject({
        code: 'directory.timed-out',
        values: { host: '127.0.0.1' },
      });
      const reading = freshReading();
      const asked = problemOf(ldapConfig(port, { security }), reading);
      reading.stopping.abort();
      expect(await asked).toMatchObject({ code: 'directory.cancelled' });
    },
  );

  test('by not being there is told', async () => {
    expect(await problemOf(ldapConfig(await freePort()))).toMatchObject({ code: 'directory.unreachable' });
  });

  test.for([
    ['of another kind', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['whose lengths lie', Buffer.from('300c02010161070a01000484ffffffff0400', 'hex')],
    // ldapts would read this one for ever.
    ['without an end', Buffer.from('300a02010164050400040104', 'hex')],
    ['that would fill the memory', Buffer.from('3084ffffffff020101', 'hex')],
  ] as const)('by an answer %s is found out at once', async ([, answer]) => {
    const port = await openServer((_bytes, socket) => socket.write(answer));
    expect(await problemOf(ldapConfig(port))).toMatchObject({ code: 'directory.bad-answer' });
  });
});
