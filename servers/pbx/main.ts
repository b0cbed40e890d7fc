import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Logger } from '#core/foundation/index.ts';
import { createPbx, PortInUseError, type Pbx } from './composition-root.ts';
import { ConfigurationError, createDemoConfiguration, readConfiguration, type PbxConfiguration } from './directory/index.ts';

/** Lines for a person on standard error; debug and info are left out. */
function createConsoleLogger(category: string): Logger {
  const write = (level: string, message: string, fields?: Record<string, unknown>) =>
    process.stderr.write(`${level} ${category}: ${message}${fields ? ` ${format(fields)}` : ''}\n`);
  return {
    debug() {},
    info() {},
    warn: (message, fields) => void write('warning', message, fields),
    error: (message, fields) => void write('error', message, fields),
    child: (part) => createConsoleLogger(`${category}.${part}`),
  };
}

function format(fields: Record<string, unknown>): string {
  return JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? (value.stack ?? value.message) : value));
}

/** One sentence and the end. */
class Complaint extends Error {}

interface Started {
  config: PbxConfiguration;
  folder: string;
  introduction: string[];
}

async function readSetup(file: string | undefined): Promise<Started> {
  if (file === undefined) {
    const { config, accounts } = createDemoConfiguration();
    const lines = accounts.map(({ extension, password }) => `  extension ${extension}, password ${password}`);
    return { config, folder: process.cwd(), introduction: ['No configuration file given: a demo with these accounts is running.', ...lines] };
  }
  try {
    const config = readConfiguration(await readFile(file, 'utf8'));
    return { config, folder: path.dirname(path.resolve(file)), introduction: [] };
  } catch (error) {
    if (error instanceof ConfigurationError) throw new Complaint(`${file}: ${error.message}.`);
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined) throw new Complaint(`${file} cannot be read (${code}).`);
    throw error;
  }
}

function choosePort(config: PbxConfiguration, text: string | undefined): PbxConfiguration {
  if (text === undefined || text === '') return config;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65535)) throw new Complaint(`OFFHOOK_PBX_SIP_PORT is "${text}": it must be a port number from 0 to 65535.`);
  const { listen } = config;
  return { ...config, listen: { ...listen, udp: listen.udp === null ? null : port, tcp: listen.tcp === null ? null : port } };
}

function describe(pbx: Pbx): string[] {
  const { sipHost, udpPort, tcpPort, tlsPort, wsPort, wssPort } = pbx.addresses;
  const host = sipHost.includes(':') ? `[${sipHost}]` : sipHost;
  const ways = Object.entries({ UDP: udpPort, TCP: tcpPort, TLS: tlsPort, WebSocket: wsPort, 'secure WebSocket': wssPort });
  return [
    `SIP address: sip:${host}:${udpPort ?? tcpPort ?? tlsPort ?? wsPort ?? wssPort}`,
    `  ${ways.flatMap(([name, port]) => (port === null ? [] : [`${name} ${port}`])).join(', ')}`,
  ];
}

async function start(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const { config, folder, introduction } = await readSetup(positionals[0]);
  const chosen = choosePort(config, process.env['OFFHOOK_PBX_SIP_PORT']);
  const pbx = await createPbx({ config: chosen, folder, logger: createConsoleLogger('pbx') });
  const stop = () => {
    pbx.stop().then(
      () => process.exit(0),
      (error: unknown) => complain(error),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // Last: whoever reads this may stop it at once.
  process.stdout.write(`${[...introduction, ...describe(pbx), 'Ctrl-C stops it.'].join('\n')}\n`);
}

function complain(error: unknown): void {
  if (error instanceof PortInUseError)
    process.stderr.write(`Port ${error.port} (${error.protocol.toUpperCase()}) is taken by another program: stop it, or set OFFHOOK_PBX_SIP_PORT to a free port.\n`);
  else if (error instanceof Complaint) process.stderr.write(`${error.message}\n`);
  else if ((error as NodeJS.ErrnoException).code === 'EACCES') process.stderr.write('This user may not listen on that port, or may not write the records file.\n');
  else process.stderr.write(`The PBX cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

start().catch(complain);
