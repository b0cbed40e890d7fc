import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownContact } from '#contract/ipc/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { openHttpClient } from '#core/network/index.ts';
import { GraphServer } from '#test/support/graph-server.ts';
import { CollectedReading } from '../directory-reading.test-support.ts';
import { AccountAccess } from './account-access.ts';
import { packAccount } from './graph-account.ts';
import { GraphContactWriter, toGraphContact } from './graph-contact-writer.ts';
import { openGraphDirectory } from './graph-directory.ts';

const account = { clientId: 'app', tenant: 'common' };
const contact = ownContact.parse({
  name: 'Иванова Ольга',
  firm: 'ООО «Ромашка»',
  numbers: [
    { text: '+7 916 123-45-67', label: 'mobile' },
    { text: '1', label: 'work' },
  ],
  emails: ['o@example.ru'],
  note: 'важная',
});

describe('a new contact in Microsoft 365', () => {
  let server: GraphServer;
  let secret = '';
  const { signal } = new AbortController();
  beforeEach(async () => {
    server = await GraphServer.start();
    secret = packAccount({ refreshToken: 'first', ...account });
    server.consented.add('Contacts.ReadWrite');
  });
  afterEach(() => server.stop());

  const writer = () =>
    new GraphContactWriter(
      new AccountAccess({
        account,
        secret: { get: async () => secret, set: async (now) => void (secret = now) },
        right: 'Contacts.ReadWrite',
        http: async (_url, ended) => openHttpClient({ proxyFor: () => null }, { signal: ended }),
        clock: new FakeClock(),
        endpoints: server.endpoints,
      }),
    );

  it('is read back as it was written', async () => {
    const writing = writer();
    await writing.create(contact, signal);
    server.forgetTokens();
    await writing.create({ ...contact, name: 'Пётр' }, signal);
    const reading = new CollectedReading({ secret });
    const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
    await openGraphDirectory({ kind: 'graph', ...account }, environment, server.endpoints).refresh(reading);
    const [first, second] = [...reading.entries.values()];
    expect(first).toMatchObject({
      name: 'Иванова Ольга',
      firm: 'ООО «Ромашка»',
      numbers: [
        { text: '1', label: 'work' },
        { text: '+7 916 123-45-67', label: 'mobile' },
      ],
      emails: ['o@example.ru'],
      note: 'важная',
    });
    expect(second).toMatchObject({ name: 'Пётр' });
  });

  it('keeps in the note what there is no room for', () => {
    const numbers = ['mobile', 'mobile', 'work', 'work', 'home'].map((label, n) => ({ text: String(n), label }));
    expect(toGraphContact({ ...contact, numbers, links: ['a', 'b'] })).toMatchObject({
      mobilePhone: '0',
      businessPhones: ['1', '2'],
      homePhones: ['4'],
      businessHomePage: 'a',
      personalNotes: 'важная\nwork: 3\nb',
    });
  });

  it('needs the user’s and the office’s consent', async () => {
    server.consented.delete('Contacts.ReadWrite');
    await expect(writer().create(contact, signal)).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
    server.consented.add('Contacts.ReadWrite');
    server.instead.push([403, {}, '{}']);
    await expect(writer().create(contact, signal)).rejects.toMatchObject({ code: 'directory.forbidden' });
    server.instead.push([507, {}, '']);
    await expect(writer().create(contact, signal)).rejects.toMatchObject({ code: 'directory.server-failed' });
  });
});
