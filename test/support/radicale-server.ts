import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { hasProgram } from './has-program.ts';
import { ManagedProcess } from './managed-process.ts';
import type { Actor } from './stage.ts';

export const hasRadicale = hasProgram('radicale');

/** Radicale, a server of CardDAV, with one user and what address books a test makes. */
export class RadicaleServer implements Actor {
  readonly user = 'ольга';
  readonly password = 'секрет:1';
  private readonly directory: string;
  private process: ManagedProcess | null = null;
  private port = 0;

  constructor(directory: string) {
    this.directory = directory;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** May be called again after `stop`: the same port, and the same cards. */
  async start(): Promise<void> {
    this.port ||= await freePort();
    const at = (name: string) => path.join(this.directory, name);
    mkdirSync(at('collections'), { recursive: true });
    writeFileSync(at('users'), `${this.user}:${this.password}\n`);
    const config = [
      ...[
        '[server]',
        `hosts = 127.0.0.1:${this.port}`,
        'ssl = False',
        '[web]',
        'type = none',
        '[logging]',
        'level = info',
      ],
      ...[
        '[auth]',
        'type = htpasswd',
        `htpasswd_filename = ${at('users')}`,
        'htpasswd_encryption = plain',
        'delay = 0',
      ],
      ...['[rights]', 'type = owner_only', '[storage]', `filesystem_folder = ${at('collections')}`],
    ];
    writeFileSync(at('config'), `${config.join('\n')}\n`);
    this.process = new ManagedProcess({
      name: 'radicale',
      command: 'radicale',
      args: ['--config', at('config')],
      directory: this.directory,
      logFile: at('radicale.log'),
      environment: { PYTHONUNBUFFERED: '1', LC_ALL: 'C.UTF-8' },
    });
    await this.process.line(/Radicale server ready/);
  }

  async stop(): Promise<void> {
    await this.process?.stop();
    this.process = null;
  }

  async makeBook(name: string, label: string): Promise<string> {
    const url = `${this.url}${encodeURIComponent(this.user)}/${name}/`;
    const body = `<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype><collection/><card:addressbook/></resourcetype><displayname>${label}</displayname></prop></set></mkcol>`;
    await this.send('MKCOL', url, body);
    return url;
  }

  putCard(book: string, name: string, card: string): Promise<void> {
    return this.send('PUT', `${book}${name}.vcf`, card, 'text/vcard; charset=utf-8');
  }

  deleteCard(book: string, name: string): Promise<void> {
    return this.send('DELETE', `${book}${name}.vcf`);
  }

  private async send(method: string, url: string, body?: string, type = 'text/xml; charset=utf-8'): Promise<void> {
    const credentials = Buffer.from(`${this.user}:${this.password}`).toString('base64');
    const headers = { Authorization: `Basic ${credentials}`, 'Content-Type': type, Connection: 'close' };
    const answer = await fetch(url, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}
