import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { OffhookError } from '#contract/errors.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { SipProtocol, SocketAddress } from '../transports/sip-flow.ts';

/** Name resolution as SIP needs it; rejects when there is no such record. */
export interface SipDns {
  /** IPv4 and IPv6 literals, the preferred first. */
  addresses(name: string): Promise<string[]>;
  services(name: string): Promise<{ name: string; port: number; priority: number; weight: number }[]>;
  /** NAPTR records (RFC 3403). */
  pointers(name: string): Promise<{ service: string; replacement: string; order: number; preference: number }[]>;
}

export interface ServerName {
  host: string;
  port: number | null;
  protocol: SipProtocol;
}

export const defaultPorts: Record<SipProtocol, number> = { udp: 5060, tcp: 5060, tls: 5061, ws: 80, wss: 443 };
// RFC 3263 4.1: the NAPTR service of each transport, and the SRV name that stands in for it.
const services: Partial<Record<SipProtocol, { pointer: string; prefix: string }>> = {
  udp: { pointer: 'SIP+D2U', prefix: '_sip._udp.' },
  tcp: { pointer: 'SIP+D2T', prefix: '_sip._tcp.' },
  tls: { pointer: 'SIPS+D2T', prefix: '_sips._tcp.' },
};
const keptFor = 300_000;
const keptAtMost = 200;

/**
 * Finds where a server is (RFC 3263): NAPTR, SRV and addresses, with a cache and a time limit. It is asked when a line
 * connects, never when a call is placed. When DNS fails, what was found before stands in.
 */
export class ServerResolver {
  private readonly dns: SipDns;
  private readonly clock: Clock;
  private readonly limit: number;
  private readonly cache = new Map<string, { at: number; found: SocketAddress[] }>();

  /** @param options.limit ms for one server altogether; 4,000 when absent */
  constructor(options: { dns: SipDns; clock: Clock; limit?: number }) {
    this.dns = options.dns;
    this.clock = options.clock;
    this.limit = options.limit ?? 4000;
  }

  /** Addresses in the order to try. Rejects with `line.name-not-found`. */
  async resolve(server: ServerName): Promise<SocketAddress[]> {
    const host = server.host.replace(/^\[|\]$/g, '');
    const fixed = server.port ?? defaultPorts[server.protocol];
    if (isIP(host)) return [{ address: host, port: fixed }];
    const name = domainToASCII(host) || host;
    const key = `${server.protocol} ${name} ${server.port ?? ''}`;
    const kept = this.cache.get(key);
    if (kept && this.clock.monotonic() - kept.at < keptFor) return kept.found;
    const found = await this.within(this.search(name, server)).catch(() => []);
    if (found.length === 0) {
      if (kept) return kept.found;
      throw new OffhookError('line.name-not-found', {
        values: { host: server.host },
        detail: `no address for ${server.host}`,
      });
    }
    this.cache.delete(key);
    this.cache.set(key, { at: this.clock.monotonic(), found });
    if (this.cache.size > keptAtMost) this.cache.delete(this.cache.keys().next().value!);
    return found;
  }

  private async search(name: string, server: ServerName): Promise<SocketAddress[]> {
    const service = services[server.protocol];
    // An explicit port means addresses only (RFC 3263 4.2); a name without a dot has no services.
    if (service && server.port === null && name.includes('.')) {
      // Asked side by side, so that a server without records costs one round trip.
      const plain = this.dns.addresses(name).catch((): string[] => []);
      const targets = await this.servicesOf(name, service);
      if (targets.length > 0) {
        const found = await Promise.all(targets.map((target) => this.addressesOf(target.name, target.port)));
        if (found.flat().length > 0) return found.flat();
      }
      return (await plain).map((address) => ({ address, port: defaultPorts[server.protocol] }));
    }
    return this.addressesOf(name, server.port ?? defaultPorts[server.protocol]);
  }

  private async servicesOf(name: string, service: { pointer: string; prefix: string }) {
    const standIn = this.dns.services(service.prefix + name).catch(() => []);
    const pointers = await this.dns.pointers(name).catch(() => []);
    const pointer = pointers
      .filter((candidate) => candidate.service.toUpperCase() === service.pointer && candidate.replacement !== '')
      .sort((a, b) => a.order - b.order || a.preference - b.preference)[0];
    const records = pointer ? await this.dns.services(pointer.replacement).catch(() => standIn) : await standIn;
    return records
      .filter((record) => record.name !== '.')
      .sort((a, b) => a.priority - b.priority || b.weight - a.weight);
  }

  private async addressesOf(name: string, port: number): Promise<SocketAddress[]> {
    const found = await this.dns.addresses(name).catch((): string[] => []);
    return found.map((address) => ({ address, port }));
  }

  private within<T>(search: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = this.clock.after(this.limit, () => reject(new Error('DNS did not answer')));
      search.then(resolve, reject).finally(() => timer.dispose());
    });
  }
}
