import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManagedProcess } from './managed-process.ts';
import type { NetworkHost } from './network-namespace.ts';
import type { Actor } from './stage.ts';

/** A TCP port of a network namespace as a Unix socket, which the test outside of the namespace can open. */
export class NamespaceBridge implements Actor {
  readonly path: string;
  private readonly options: { directory: string; host: NetworkHost; port: number };
  private process: ManagedProcess | null = null;

  constructor(options: { directory: string; host: NetworkHost; port: number }) {
    this.options = options;
    this.path = path.join(options.directory, `${options.port}.socket`);
  }

  async start(): Promise<void> {
    const { directory, host, port } = this.options;
    this.process = new ManagedProcess({
      name: 'namespace bridge',
      command: process.execPath,
      args: [fileURLToPath(new URL('./namespace-bridge-child.ts', import.meta.url)), this.path, host.address, String(port)],
      directory,
      logFile: path.join(directory, 'bridge.log'),
      namespace: host.namespace,
    });
    await this.process.line(/ready/);
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }
}
