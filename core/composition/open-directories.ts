import os from 'node:os';
import path from 'node:path';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import { Directories } from '#core/contacts/directories/desk/directories.ts';
import { DirectorySecrets } from '#core/contacts/directories/desk/directory-secrets.ts';
import { watchPath } from '#core/contacts/directories/desk/file-watch.ts';
import { environmentProxy } from '#core/network/index.ts';
import { microsoftEndpoints } from '#core/contacts/directories/graph/graph-account.ts';
import { GraphSignIn } from '#core/contacts/directories/graph/graph-sign-in.ts';
import type { WantedRights } from '#core/contacts/directories/graph/index.ts';
import type { BegunSignIn } from '#core/contacts/directories/sign-in.ts';
import type { ProxyChoice } from '#core/contacts/directories/desk/directory-worker-protocol.ts';
import { serverUrl } from '#core/contacts/directories/desk/source-place.ts';
import { SqliteDirectoryRecords } from '#core/contacts/directories/desk/sqlite-directory-records.ts';
import { WorkerDirectoryWork } from '#core/contacts/directories/desk/worker-directory-work.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { SecretStore, SettingsStore } from '#core/settings/index.ts';
import type { Database, WritePace } from '#core/storage/index.ts';

/** Address of the proxy for an address; null to go straight. */
export type FindProxy = (url: string) => Promise<string | null>;

export interface DirectoriesWiring {
  database: Database;
  settings: SettingsStore;
  secrets: SecretStore;
  dataDirectory: string;
  directoryWorker: URL;
  pace: WritePace;
  /** Where the shell knows the system's proxies; the environment's variables where it does not. */
  proxy?: FindProxy;
  outlookHelper?: readonly string[];
  /** What else is wanted of the accounts of Microsoft 365. */
  graphRights?: WantedRights;
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

async function signIn(
  config: DirectoryConfig,
  proxy: FindProxy | null,
  { clock, graphRights }: Pick<DirectoriesWiring, 'clock' | 'graphRights'>,
): Promise<BegunSignIn> {
  const address = proxy && (await proxy(microsoftEndpoints.login));
  const proxyFor = proxy ? () => address : environmentProxy(process.env);
  return new GraphSignIn({
    environment: { proxyFor },
    clock,
    rights: (account) => graphRights?.of(account) ?? [],
  }).begin(config);
}

export function openDirectories(wiring: DirectoriesWiring): Directories {
  const { database, settings, dataDirectory, directoryWorker, proxy, clock, newId } = wiring;
  const logger = wiring.logger.child('directories');
  const file = path.join(dataDirectory, 'offhook.sqlite');

  const proxyFor = async (config: DirectoryConfig): Promise<ProxyChoice> => {
    const url = serverUrl(config);
    if (url === null || !proxy) return { kind: 'environment' };
    try {
      return { kind: 'address', address: await proxy(url) };
    } catch (error) {
      logger.warn('the shell does not know the way to a server', { error });
      return { kind: 'environment' };
    }
  };
  const directories = new Directories({
    records: new SqliteDirectoryRecords({ database, logger }),
    secrets: new DirectorySecrets(wiring.secrets, logger),
    work: new WorkerDirectoryWork({ database: file, workerEntry: directoryWorker, pace: wiring.pace, clock }),
    rules: () => settings.values,
    proxyFor,
    outlookHelper: wiring.outlookHelper ?? null,
    signIn: { begin: (config) => signIn(config, proxy ?? null, wiring) },
    watch: watchPath,
    browse: { home: os.homedir(), platform: process.platform },
    random: Math.random,
    clock,
    logger,
    newId,
  });
  settings.onChanged(() => directories.rulesChanged());
  return directories;
}
