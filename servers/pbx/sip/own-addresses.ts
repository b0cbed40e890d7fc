import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import type { SipFlow, SipListener, SocketAddress } from '#core/sip/transports/index.ts';

type Interfaces = Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>;

const isWildcard = (address: string) => address === '0.0.0.0' || address === '::';

/** Which addresses and names are ours, and by which of them the far end of a flow knows us. */
export class OwnAddresses {
  private readonly listeners: readonly SipListener[];
  private readonly domains: readonly string[];
  private readonly interfaces: () => Interfaces;

  constructor(options: { listeners: readonly SipListener[]; domains: readonly string[]; interfaces: () => Interfaces }) {
    this.listeners = options.listeners;
    this.domains = options.domains.map((domain) => domain.toLowerCase());
    this.interfaces = options.interfaces;
  }

  /** What a person is told to enter as the server. */
  get host(): string {
    const bound = this.listeners[0]?.local.address ?? '127.0.0.1';
    if (!isWildcard(bound)) return bound;
    return this.all().find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
  }

  of(flow: SipFlow): SocketAddress {
    const listener = this.listeners.find(({ protocol }) => protocol === flow.protocol);
    const port = listener?.local.port ?? flow.local.port;
    if (!isWildcard(flow.local.address)) return { address: flow.local.address, port };
    // A datagram does not say which of our addresses it came to: take the one in the sender's network.
    return { address: this.towards(flow.remote.address), port };
  }

  isOwn(host: string): boolean {
    const name = host.toLowerCase();
    if (this.domains.includes(name) || name === 'localhost') return true;
    const bound = this.listeners.map(({ local }) => local.address);
    if (bound.includes(name)) return true;
    return bound.some(isWildcard) && this.all().some(({ address }) => address === name);
  }

  private towards(remote: string): string {
    const family = isIPv6(remote) ? 'ipv6' : 'ipv4';
    const near = this.all().find((own) => {
      if (own.cidr === null || (own.family === 'IPv4') !== isIPv4(remote)) return false;
      const network = new BlockList();
      network.addSubnet(own.address, Number(own.cidr.split('/')[1]), family);
      return network.check(remote, family);
    });
    return near?.address ?? this.host;
  }

  private all(): NetworkInterfaceInfo[] {
    return Object.values(this.interfaces()).flatMap((list) => list ?? []);
  }
}
