import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory } from '#core/foundation/index.ts';
import { createDemoConfiguration, readConfiguration, writeConfiguration, type PbxConfiguration } from '#servers/pbx/directory/index.ts';
import type { DemoAccount } from '#web/messages.ts';
import { freePort, isFree } from './free-port.ts';

export interface Exchange {
  configurationFile: string;
  port: number;
  demo: DemoAccount;
  /** The further extensions: what the demonstration calls from. */
  others: DemoAccount[];
}

/** Wanted for the demo exchange when it is free: 5060 is left to whatever phone or PBX the machine has already. */
const usualPort = 15060;

export class PortTaken extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`port ${port} is taken`);
    this.port = port;
  }
}

function save(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function readConfigured(file: string): PbxConfiguration {
  try {
    return readConfiguration(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function readOrCreate(file: string, language: 'ru' | 'en'): PbxConfiguration {
  if (existsSync(file)) return readConfigured(file);
  return createDemoConfiguration({ sipPort: 0, records: 'pbx-records.jsonl', language }).config;
}

async function choosePort(current: number, forced: string | undefined): Promise<number> {
  if (forced === undefined) return await freePort(current, usualPort);
  const port = Number(forced);
  if (!(await isFree(port))) throw new PortTaken(port);
  return port;
}

function demoAccount(extension: string, password: string, port: number): DemoAccount {
  return {
    account: {
      label: extension,
      displayName: `Demo ${extension}`,
      user: extension,
      domain: '127.0.0.1',
      transport: 'udp',
      serverHost: '127.0.0.1',
      serverPort: port,
      media: 'rtp',
    },
    password,
    echo: '600',
    menu: '700',
  };
}

/**
 * Prepares the newcomer's own exchange in the data directory: a configuration for the user alone, with random
 * passwords, made at the first start and kept. A port that is taken by now is replaced by a free one.
 */
export async function prepareExchange(directory: string, language: 'ru' | 'en', forcedPort = process.env.OFFHOOK_PBX_SIP_PORT): Promise<Exchange> {
  const folder = path.join(directory, 'exchange');
  makeDirectory(folder);
  const configurationFile = path.join(folder, 'pbx.jsonc');
  const configuration = readOrCreate(configurationFile, language);
  const port = await choosePort(configuration.listen.udp ?? 0, forcedPort);
  if (configuration.listen.udp !== port || configuration.listen.tcp !== port || !existsSync(configurationFile)) {
    configuration.listen.udp = port;
    configuration.listen.tcp = port;
    save(configurationFile, writeConfiguration(configuration));
  }
  const accounts = Object.entries(configuration.users)
    .filter(([, user]) => typeof user.secret === 'string')
    .map(([extension, user]) => demoAccount(extension, user.secret as string, port));
  const [demo, ...others] = accounts;
  if (!demo) throw new Error(`${configurationFile}: no extension with a readable secret`);
  return { configurationFile, port, demo, others };
}
