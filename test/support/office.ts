import type { AccountInput, SipTransport } from '#contract/ipc/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { AgentUnderTest } from './agent-under-test.ts';
import { BaresipPeer } from './baresip-peer.ts';
import { TestAuthority, type CertificateKind } from './certificates.ts';
import { KamailioServer } from './kamailio-server.ts';
import type { NetworkHost } from './network-namespace.ts';
import type { Stage } from './stage.ts';

/** Passwords by user: 1001 is the agent's, 1002 and 1003 are colleagues. */
export const users = { '1001': 'first-secret', '1002': 'second-secret', '1003': 'third-secret' };
export type User = keyof typeof users;

/** Hz that each colleague speaks; none is a multiple of another or of the agent's 440. */
export const tones = { '1001': 700, '1002': 600, '1003': 1000 };

export interface OfficeOptions {
  transport?: SipTransport;
  recordRoute?: boolean;
  algorithm?: 'MD5' | 'SHA-256';
  maxExpires?: number;
  certificate?: CertificateKind;
  /** See `KamailioOptions.routes`. */
  routes?: Record<string, string>;
  /** Where the agent is and where everybody else is; this machine's loopback when left out. */
  hosts?: { near: NetworkHost; far: NetworkHost };
}

export interface ColleagueOptions {
  user?: User;
  answermode?: 'auto' | 'manual';
  codec?: CodecName;
  parameters?: Record<string, string>;
  /** See `BaresipOptions.settings`. */
  settings?: string[];
}

/** An office's exchange (Kamailio), the agent's account on it, and colleagues (baresip) to talk to. */
export class Office {
  readonly server: KamailioServer;
  readonly transport: SipTransport;
  private readonly stage: Stage;
  readonly authority: TestAuthority;
  private readonly options: OfficeOptions;

  private constructor(stage: Stage, options: OfficeOptions) {
    this.stage = stage;
    this.options = options;
    this.transport = options.transport ?? 'udp';
    this.authority = new TestAuthority(stage.folder('certificates'));
    const { recordRoute, algorithm, maxExpires, routes, hosts } = options;
    this.server = new KamailioServer({
      directory: stage.folder('kamailio'),
      users,
      recordRoute,
      algorithm,
      maxExpires,
      routes,
      certificate: this.authority.issue(options.certificate ?? 'valid', this.addresses),
      host: hosts?.far,
    });
  }

  static async open(stage: Stage, options: OfficeOptions = {}): Promise<Office> {
    const office = new Office(stage, options);
    await stage.enter(office.server);
    return office;
  }

  get port(): number {
    return this.transport === 'tls' || this.transport === 'wss' ? this.server.securePort : this.server.port;
  }

  /** `sip:1002@127.0.0.1:25060`, as colleagues dial it. */
  uri(user: string): string {
    return `sip:${user}@${this.server.address}:${this.port}`;
  }

  account(overrides: Partial<AccountInput> = {}): AccountInput {
    return {
      label: 'Office',
      displayName: 'Alice Agent',
      user: '1001',
      domain: this.server.address,
      serverPort: this.port,
      transport: this.transport,
      ...overrides,
    };
  }

  /** The agent, without a line yet. */
  agent(codecs?: CodecName[]): Promise<AgentUnderTest> {
    const authority = this.authority.certificate;
    return this.stage.enter(
      new AgentUnderTest({ directory: this.stage.folder('agent'), authority, host: this.options.hosts?.near, codecs }),
    );
  }

  /** The agent, registered as 1001. */
  async registeredAgent(overrides: Partial<AccountInput> = {}, codecs?: CodecName[]): Promise<{ agent: AgentUnderTest; lineId: string }> {
    const agent = await this.agent(codecs);
    const lineId = await agent.registeredLine(this.account(overrides), users['1001']);
    return { agent, lineId };
  }

  /** A colleague with baresip, registered. */
  async colleague(options: ColleagueOptions = {}): Promise<BaresipPeer> {
    const { user = '1002', answermode = 'manual', codec, parameters, settings } = options;
    const transport = this.transport === 'ws' || this.transport === 'wss' ? 'udp' : this.transport;
    const port = transport === 'tls' ? this.server.securePort : this.server.port;
    const peer = new BaresipPeer({
      directory: this.stage.folder(`baresip-${user}`),
      address: `sip:${user}@${this.server.address}:${port};transport=${transport}`,
      parameters: { auth_user: user, auth_pass: users[user], regint: '300', answermode, ...parameters },
      tone: tones[user],
      settings,
      codec,
      certificate: transport === 'tls' ? this.authority.issue('valid', this.addresses) : null,
      host: this.options.hosts?.far,
    });
    await this.stage.enter(peer);
    await peer.registered();
    return peer;
  }

  private get addresses(): string[] {
    const { near, far } = this.options.hosts ?? {};
    return ['127.0.0.1', ...(near && far ? [near.address, far.address] : [])];
  }
}
