import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { DirectorySecrets } from '#core/contacts/directories/desk/directory-secrets.ts';
import {
  AccountAccess,
  WantedRights,
  type GraphEndpoints,
  type GraphRight,
} from '#core/contacts/directories/graph/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { SecretStore } from '#core/settings/index.ts';
import type { FindProxy } from './open-directories.ts';
import { openHttp } from './open-http.ts';

export interface GraphAccountsOptions {
  secrets: SecretStore;
  proxy?: FindProxy;
  clock: Clock;
  logger: Logger;
  endpoints?: GraphEndpoints;
}

interface GraphDirectory {
  id: string;
  config: DirectoryConfigOf<'graph'>;
}

/** Accounts of Microsoft 365 directories, for whoever wants to do more with them than read contacts. */
export class GraphAccounts {
  readonly rights = new WantedRights();
  private readonly options: GraphAccountsOptions;
  private readonly secrets: DirectorySecrets;
  private readonly accesses = new Map<string, AccountAccess>();

  constructor(options: GraphAccountsOptions) {
    this.options = options;
    this.secrets = new DirectorySecrets(options.secrets, options.logger.child('graph'));
  }

  /** The next sign-in of the account asks for the right. */
  access({ id, config: { clientId, tenant } }: GraphDirectory, right: GraphRight): AccountAccess {
    const { proxy, clock, endpoints } = this.options;
    this.rights.want({ clientId, tenant }, right);
    const name = JSON.stringify([id, clientId, tenant, right]);
    const secret = { get: () => this.secrets.get(id), set: (now: string) => this.secrets.set(id, now) };
    const access =
      this.accesses.get(name) ??
      new AccountAccess({
        account: { clientId, tenant },
        secret,
        right,
        http: openHttp(proxy),
        clock,
        ...(endpoints ? { endpoints } : {}),
      });
    this.accesses.set(name, access);
    return access;
  }
}
