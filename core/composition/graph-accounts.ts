import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import {
  AccountAccess,
  WantedRights,
  type GraphEndpoints,
  type GraphRight,
} from '#core/contacts/directories/graph/index.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { SecretStore } from '#core/settings/index.ts';
import type { FindProxy } from './open-directories.ts';
import { openHttp } from './open-http.ts';

export interface GraphAccountsOptions {
  secrets: SecretStore;
  proxy?: FindProxy;
  clock: Clock;
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
  private readonly accesses = new Map<string, AccountAccess>();

  constructor(options: GraphAccountsOptions) {
    this.options = options;
  }

  /** The next sign-in of the account asks for the right. */
  access({ id, config: { clientId, tenant } }: GraphDirectory, right: GraphRight): AccountAccess {
    const { secrets, proxy, clock, endpoints } = this.options;
    this.rights.want({ clientId, tenant }, right);
    const name = JSON.stringify([id, clientId, tenant, right]);
    const secret = {
      get: () => secrets.get(`directory:${id}`),
      set: (now: string) => secrets.set(`directory:${id}`, now),
    };
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
