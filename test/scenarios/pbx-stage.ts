import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodecName } from '#core/media/index.ts';
import { createPbx, type Pbx } from '#servers/pbx/composition-root.ts';
import { createDemoConfiguration, type PbxConfigurationInput } from '#servers/pbx/directory/index.ts';
import { BaresipPeer } from '#test/support/baresip-peer.ts';
import { TestAuthority } from '#test/support/certificates.ts';
import { freePort } from '#test/support/free-port.ts';
import type { Actor, Stage } from '#test/support/stage.ts';

/** Offhook's PBX with its demo accounts, on free ports, with all transports. */
export class PbxActor implements Actor {
  readonly passwords = new Map<string, string>();
  private readonly directory: string;
  private readonly more: Partial<PbxConfigurationInput>;
  private pbx: Pbx | null = null;

  constructor(directory: string, more: Partial<PbxConfigurationInput> = {}) {
    this.directory = directory;
    this.more = more;
  }

  get running(): Pbx {
    if (!this.pbx) throw new Error('the PBX was not started');
    return this.pbx;
  }

  /** `127.0.0.1:port` for a transport. */
  at(transport: 'udp' | 'tcp' | 'tls'): string {
    const { sipHost, udpPort, tlsPort } = this.running.addresses;
    return `${sipHost}:${transport === 'tls' ? tlsPort : udpPort}`;
  }

  async start(): Promise<void> {
    const certificate = new TestAuthority(this.directory).issue('valid');
    const first = await freePort(4);
    const media = await freePort(100);
    const extensions = ['101', '102', '103'];
    const { config, accounts } = createDemoConfiguration({
      sipPort: first,
      extensions,
      records: 'records.jsonl',
      more: {
        listen: { address: '127.0.0.1', udp: first, tcp: first, tls: first + 1, ws: first + 2, wss: first + 3 },
        certificate: { key: path.basename(certificate.key), cert: path.basename(certificate.certificate) },
        groups: { '200': { members: extensions } },
        rtpPorts: [media, media + 99],
        ...this.more,
      },
    });
    for (const { extension, password } of accounts) this.passwords.set(extension, password);
    this.pbx = await createPbx({ config, folder: this.directory });
  }

  async stop(): Promise<void> {
    await this.pbx?.stop();
  }

  get recordLines(): string[] {
    return readFileSync(path.join(this.directory, 'records.jsonl'), 'utf8').trim().split('\n');
  }
}

export async function openPbx(stage: Stage, more: Partial<PbxConfigurationInput> = {}): Promise<PbxActor> {
  return stage.enter(new PbxActor(stage.folder('pbx'), more));
}

/** A baresip that is an extension of the PBX. */
export function phone(
  stage: Stage,
  pbx: PbxActor,
  extension: string,
  options: { transport?: 'udp' | 'tcp' | 'tls'; codec?: CodecName; tone?: number; parameters?: Record<string, string> } = {},
): BaresipPeer {
  const { transport = 'udp', codec = 'PCMA', tone = 440, parameters } = options;
  return new BaresipPeer({
    directory: stage.folder(`baresip-${extension}`),
    address: `sip:${extension}@${pbx.at(transport)};transport=${transport}`,
    parameters: { auth_user: extension, auth_pass: pbx.passwords.get(extension) ?? '', regint: '60', ...parameters },
    tone,
    codec,
    certificate: transport === 'tls' ? new TestAuthority(stage.folder('own')).issue('valid') : null,
  });
}
