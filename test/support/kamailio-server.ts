import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { kamailioConfig, type KamailioOptions } from './kamailio-config.ts';
import { ManagedProcess } from './managed-process.ts';
import type { NetworkHost } from './network-namespace.ts';
import type { Actor } from './stage.ts';

/** Kamailio as a registrar with digest and a proxy, with users from a table, over UDP, TCP, TLS, WS and WSS. */
export class KamailioServer implements Actor {
  readonly address: string;
  private readonly options: KamailioOptions & { host?: NetworkHost | null };
  private process: ManagedProcess | null = null;
  private firstPort = 0;

  constructor(options: KamailioOptions & { host?: NetworkHost | null }) {
    this.options = options;
    this.address = options.host?.address ?? '127.0.0.1';
  }

  /** UDP, TCP and WS. */
  get port(): number {
    return this.firstPort;
  }

  /** TLS and WSS. */
  get securePort(): number {
    return this.firstPort + 1;
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** May be called again after `stop`: the same port, and no registration remembered. */
  async start(): Promise<void> {
    const { directory, host } = this.options;
    this.firstPort ||= await freePort(2);
    const file = path.join(directory, 'kamailio.cfg');
    writeFileSync(file, kamailioConfig(this.options, { address: this.address, port: this.firstPort }));
    this.process = new ManagedProcess({
      name: 'kamailio',
      command: 'kamailio',
      args: ['-DD', '-E', '-m', '64', '-M', '8', '-f', file, '-P', path.join(directory, 'kamailio.pid'), '-w', directory, '-Y', directory],
      directory,
      logFile: path.join(directory, 'kamailio.log'),
      namespace: host?.namespace,
    });
    await this.process.line(/ready to serve/);
  }

  async stop(): Promise<void> {
    await this.process?.stop();
    this.process = null;
  }

  /** Accepted REGISTERs of a user so far, one line each: `REGISTER 1001 contact <sip:…> expires 300 by udp`. */
  registrations(user: string): string[] {
    return this.process?.lines.filter((line) => line.includes(`REGISTER ${user} `)) ?? [];
  }

  get log(): string {
    return this.process?.lines.join('\n') ?? '';
  }
}
