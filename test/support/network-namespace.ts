import { execFileSync, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import type { Actor } from './stage.ts';

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

/** Whether this machine lets us make network namespaces (root on Linux, as in CI). */
export function canMakeNamespaces(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const name = `offhook-probe-${process.pid}`;
  const made = spawnSync('ip', ['netns', 'add', name]).status === 0;
  if (made) ip('netns', 'del', name);
  return made;
}

/** One network namespace with `lo` and an IPv4 address on a veth whose other end is in a second one. */
export interface NetworkHost {
  namespace: string;
  address: string;
}

/**
 * Two hosts joined by a wire that loses datagrams.
 * @param loss percent of UDP datagrams dropped in each direction
 */
export class LossyNetwork implements Actor {
  readonly near: NetworkHost;
  readonly far: NetworkHost;
  private readonly loss: number;
  private readonly made: string[] = [];

  constructor(loss: number) {
    const id = `${process.pid}-${randomInt(10_000)}`;
    const net = `10.${randomInt(200, 250)}.${randomInt(1, 250)}`;
    this.near = { namespace: `offhook-near-${id}`, address: `${net}.1` };
    this.far = { namespace: `offhook-far-${id}`, address: `${net}.2` };
    this.loss = loss;
  }

  async start(): Promise<void> {
    const hosts = [this.near, this.far];
    for (const host of hosts) {
      ip('netns', 'add', host.namespace);
      this.made.push(host.namespace);
    }
    // The pair is born inside the namespaces: an interface name never meets one of the machine's own.
    ip('-n', this.near.namespace, 'link', 'add', 'wire', 'type', 'veth', 'peer', 'name', 'wire', 'netns', this.far.namespace);
    for (const host of hosts) {
      ip('-n', host.namespace, 'link', 'set', 'lo', 'up');
      ip('-n', host.namespace, 'addr', 'add', `${host.address}/24`, 'dev', 'wire');
      ip('-n', host.namespace, 'link', 'set', 'wire', 'up');
      ip('-n', host.namespace, 'route', 'add', 'default', 'dev', 'wire');
      if (this.loss > 0) this.drop(host);
    }
  }

  async stop(): Promise<void> {
    for (const namespace of this.made.splice(0)) ip('netns', 'del', namespace);
  }

  /** How many datagrams a host has lost so far, on their way in. */
  dropped(host: NetworkHost): number {
    const text = execFileSync('ip', ['netns', 'exec', host.namespace, 'nft', 'list', 'ruleset'], { encoding: 'utf8' });
    return Number(/counter packets (\d+)[^\n]*drop/.exec(text)?.[1] ?? 0);
  }

  private drop(host: NetworkHost): void {
    const rules = `table inet loss {
  chain input {
    type filter hook input priority 0;
    iifname "wire" meta l4proto udp numgen random mod 100 < ${this.loss} counter drop
  }
}
`;
    execFileSync('ip', ['netns', 'exec', host.namespace, 'nft', '-f', '-'], { input: rules, stdio: 'pipe' });
  }
}
