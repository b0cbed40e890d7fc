import { randomBytes } from 'node:crypto';
import { configuration, type PbxConfiguration, type PbxConfigurationInput } from './configuration.ts';

export interface DemoAccount {
  extension: string;
  name: string;
  password: string;
}

export interface DemoOptions {
  /** Address to listen on; 127.0.0.1 when absent. */
  address?: string;
  /** UDP and TCP port; 5060 when absent, 0 for a free one. */
  sipPort?: number;
  /** WebSocket port; 0 (a free one) when absent. */
  webSocketPort?: number;
  /** File for call detail records, or null for memory only. */
  records?: string | null;
  language?: 'ru' | 'en';
  /** Numbers of the extensions; 201, 202 and 203 when absent. */
  extensions?: readonly string[];
  /** Further settings, over the above. */
  more?: Partial<PbxConfigurationInput>;
  random?: (bytes: number) => Buffer;
}

/** Not 101 to 104: those are emergency numbers in Russia, and a phone treats a call to them as one. */
const usualExtensions = ['201', '202', '203'];

/** Three extensions with passwords of 120 random bits, a group 300, echo 600, menu 700 and music 701. */
export function createDemoConfiguration(options: DemoOptions = {}): { config: PbxConfiguration; accounts: DemoAccount[] } {
  const random = options.random ?? randomBytes;
  const accounts = (options.extensions ?? usualExtensions).map((extension) => ({
    extension,
    name: `Demo ${extension}`,
    password: random(15).toString('base64url'),
  }));
  const config = configuration.parse({
    listen: {
      address: options.address ?? '127.0.0.1',
      udp: options.sipPort ?? 5060,
      tcp: options.sipPort ?? 5060,
      ws: options.webSocketPort ?? 0,
    },
    registration: { minimum: 10, maximum: 3600 },
    records: options.records ?? null,
    language: options.language ?? 'ru',
    users: Object.fromEntries(accounts.map(({ extension, name, password }) => [extension, { name, secret: password }])),
    groups: { '300': { members: accounts.map(({ extension }) => extension) } },
    services: { '600': 'echo', '700': 'menu', '701': 'music' },
    ...options.more,
  });
  return { config, accounts };
}

/** The configuration as a file that a person may go on editing. */
export function writeConfiguration(config: PbxConfiguration): string {
  return `// Offhook's PBX. What may stand here, and what it means: servers/pbx/pbx.example.jsonc\n${JSON.stringify(config, null, 2)}\n`;
}
