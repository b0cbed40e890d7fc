import { expect, it } from 'vitest';
import type { DirectoryStatus } from '#contract/ipc/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { journalledCall } from '#core/office/journals/journalled-call.test-support.ts';
import type { SecretStore, SettingsStore } from '#core/settings/index.ts';
import { packAccount } from '#core/contacts/directories/graph/graph-account.ts';
import { GraphServer } from '#test/support/graph-server.ts';
import { GraphAccounts } from './graph-accounts.ts';
import { openGraphTarget, openOutlookTarget } from './office-targets.ts';

const account = { clientId: 'app', tenant: 'common' };
const settings = { values: { language: 'en' } } as unknown as SettingsStore;
const { signal } = new AbortController();

function office(server: GraphServer) {
  const kept = new Map([['directory:d', packAccount({ refreshToken: 'first', ...account })]]);
  const secrets = {
    get: async (name: string) => kept.get(name) ?? null,
    set: async (name: string, secret: string) => void kept.set(name, secret),
  } as SecretStore;
  const graphAccounts = new GraphAccounts({
    secrets,
    clock: new FakeClock(),
    logger: silentLogger,
    endpoints: server.endpoints,
  });
  const directory = { id: 'd', config: { kind: 'graph', ...account } } as DirectoryStatus;
  return { graphAccounts, settings, directories: { list: () => [directory] } };
}

it('journals over the account of the directory, whose token is asked for once', async () => {
  const server = await GraphServer.start();
  try {
    server.consented.add('Tasks.ReadWrite');
    const options = office(server);
    for (const callId of ['a', 'b'])
      await openGraphTarget({ kind: 'graph', directoryId: 'd', write: 'task' }, options).write(
        journalledCall({ callId }),
        null,
        signal,
      );
    expect(server.tasks.get('usual')).toHaveLength(2);
    expect(server.tasks.get('usual')![0]!['title']).toMatch(/^Incoming call/);
    expect(server.requests.filter((request) => request.includes('/token'))).toHaveLength(1);
    // The next sign-in asks for what the journal needs.
    expect(options.graphAccounts.rights.of(account)).toEqual(['Tasks.ReadWrite']);
  } finally {
    await server.stop();
  }
});

it('says so where the directory of a journal, or the helper for Outlook, is not there', async () => {
  const server = await GraphServer.start();
  const options = office(server);
  await server.stop();
  expect(() => openGraphTarget({ kind: 'graph', directoryId: 'gone', write: 'task' }, options)).toThrow(
    'journal.no-directory',
  );
  const outlook = openOutlookTarget({ kind: 'outlook', write: 'journal' }, { settings });
  await expect(outlook.check(signal)).rejects.toMatchObject({ code: 'directory.outlook-missing' });
});
