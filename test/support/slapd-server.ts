import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import type { Certificate } from './certificates.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess } from './managed-process.ts';
import type { Actor } from './stage.ts';
import { until } from './until.ts';

const programs = '/usr/sbin';
const modules = '/usr/lib/ldap';

/** With the program that changes entries. */
export const hasSlapd = [path.join(programs, 'slapd'), '/usr/bin/ldapmodify'].every((program) => existsSync(program));

export interface SlapdOptions {
  directory: string;
  /** Root of the tree, e.g. `dc=example,dc=test`. */
  suffix: string;
  /** Everything that is in it before the server starts, as LDIF. */
  content: string;
  certificate?: Certificate | null;
  /** Lines before the database, and in it. */
  globals?: readonly string[];
  settings?: readonly string[];
}

/** OpenLDAP's server on loopback, with a database and a configuration of its own; LDAP, and LDAPS where it has a certificate. */
export class SlapdServer implements Actor {
  readonly host = '127.0.0.1';
  /** Of `rootName`. */
  readonly password = 'root-secret';
  private readonly options: SlapdOptions;
  private process: ManagedProcess | null = null;
  private firstPort = 0;

  constructor(options: SlapdOptions) {
    this.options = options;
  }

  /** May do everything. */
  get rootName(): string {
    return `cn=root,${this.options.suffix}`;
  }

  get port(): number {
    return this.firstPort;
  }

  get securePort(): number {
    return this.firstPort + 1;
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  async start(): Promise<void> {
    const { directory, content, certificate } = this.options;
    const file = path.join(directory, 'slapd.conf');
    if (this.firstPort === 0) {
      this.firstPort = await freePort(2);
      mkdirSync(path.join(directory, 'database'));
      writeFileSync(file, this.configuration());
      writeFileSync(path.join(directory, 'content.ldif'), content);
      execFileSync(path.join(programs, 'slapadd'), ['-q', '-f', file, '-l', path.join(directory, 'content.ldif')], {
        stdio: 'pipe',
      });
    }
    const addresses = [
      `ldap://${this.host}:${this.port}/`,
      ...(certificate ? [`ldaps://${this.host}:${this.securePort}/`] : []),
    ];
    this.process = new ManagedProcess({
      name: 'slapd',
      command: path.join(programs, 'slapd'),
      // `-d` keeps it in the foreground; 256 prints what it is asked.
      args: ['-d', '256', '-f', file, '-h', addresses.join(' ')],
      directory,
      logFile: path.join(directory, 'slapd.log'),
    });
    await this.process.line(/slapd starting/);
    // It says so a little before it listens.
    await until('slapd listens', () => accepts(this.port), { every: 10 });
  }

  async stop(): Promise<void> {
    await this.process?.stop();
    this.process = null;
  }

  /** Ends it without a goodbye. */
  kill(): void {
    this.process?.kill();
  }

  /** Operations asked so far, e.g. of `/ SRCH base=/`. */
  asked(pattern: RegExp): string[] {
    return this.process?.lines.filter((line) => pattern.test(line)) ?? [];
  }

  /** Adds, changes, renames and deletes entries while the server runs. @param ldif with `changetype:` */
  modify(ldif: string): void {
    const args = ['-x', '-H', `ldap://${this.host}:${this.port}/`, '-D', this.rootName, '-w', this.password];
    execFileSync('ldapmodify', args, { input: ldif, stdio: 'pipe' });
  }

  private configuration(): string {
    const { directory, suffix, certificate, globals = [], settings = [] } = this.options;
    return [
      ...['core', 'cosine', 'inetorgperson'].map((schema) => `include /etc/ldap/schema/${schema}.schema`),
      `modulepath ${modules}`,
      'moduleload back_mdb',
      `pidfile ${path.join(directory, 'slapd.pid')}`,
      `argsfile ${path.join(directory, 'slapd.args')}`,
      'sizelimit unlimited',
      ...(certificate
        ? [`TLSCertificateFile ${certificate.certificate}`, `TLSCertificateKeyFile ${certificate.key}`]
        : []),
      ...globals,
      'database mdb',
      'maxsize 268435456',
      `suffix "${suffix}"`,
      `directory ${path.join(directory, 'database')}`,
      `rootdn "${this.rootName}"`,
      `rootpw ${this.password}`,
      'index objectClass,entryUUID eq',
      ...settings,
      '',
    ].join('\n');
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.on('connect', () => finish(true)).on('error', () => finish(false));
  });
}
