import { promises } from 'node:dns';
import type { SipDns } from './resolve-server.ts';

/** The system's resolver; addresses by way of the hosts file too. */
export function systemDns(): SipDns {
  const resolver = new promises.Resolver({ timeout: 1500, tries: 1 });
  return {
    addresses: async (name) => (await promises.lookup(name, { all: true })).map(({ address }) => address),
    services: (name) => resolver.resolveSrv(name),
    pointers: (name) => resolver.resolveNaptr(name),
  };
}
