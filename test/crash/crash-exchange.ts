import { createPbx, type Pbx } from '#servers/pbx/composition-root.ts';
import { createDemoConfiguration } from '#servers/pbx/directory/index.ts';
import { freePort } from '#test/support/free-port.ts';
import type { WitnessedCall } from './check-records.ts';
import type { CrashSetup } from './crash-setup.ts';
import { SecondPhone } from './second-phone.ts';
import type { SeededRandom } from './seeded-random.ts';

const mediaPorts = 400;
const echo = '600';
const nobody = '699';

/** What one agent has of the exchange: an extension of its own, another party, and both as witnesses of its calls. */
export class CrashLine {
  readonly account: Pick<CrashSetup, 'host' | 'port' | 'extension' | 'password' | 'targets'>;
  readonly phone: SecondPhone;
  private outgoing: WitnessedCall[] = [];

  constructor(account: CrashLine['account'], phone: SecondPhone) {
    this.account = account;
    this.phone = phone;
  }

  note(call: WitnessedCall): void {
    this.outgoing.push(call);
  }

  /** Calls of the agent that began and were over within [from, to) Unix ms; what is older than that is forgotten. */
  take(from: number, to: number): WitnessedCall[] {
    const all = [...this.outgoing, ...this.phone.witnessed];
    this.outgoing = [];
    this.phone.witnessed.length = 0;
    return all.filter(({ startedAt, endedAt }) => startedAt >= from && endedAt < to);
  }
}

/** Offhook's own PBX with a line for each agent; it and the other parties outlive every agent. */
export class CrashExchange {
  readonly lines: CrashLine[];
  private readonly pbx: Pbx;

  static async open(count: number, random: SeededRandom): Promise<CrashExchange> {
    const agents = Array.from({ length: count }, (_, index) => String(210 + index));
    const others = agents.map((extension) => String(Number(extension) + 40));
    const media = await freePort(mediaPorts);
    const { config, accounts } = createDemoConfiguration({
      sipPort: 0,
      extensions: [...agents, ...others],
      more: { rtpPorts: [media, media + mediaPorts - 1], maximumCalls: 500 },
    });
    // No limit shall keep the work from going on.
    for (const user of Object.values(config.users)) user.maximumCalls = 50;
    const pbx = await createPbx({ config });
    const { sipHost: host, tcpPort } = pbx.addresses;
    const port = tcpPort ?? 0;
    const passwordOf = (extension: string) =>
      accounts.find((account) => account.extension === extension)?.password ?? '';
    const lines = agents.map((extension, index) => {
      const other = others[index] ?? '';
      const phone = new SecondPhone({
        host,
        port,
        extension: other,
        password: passwordOf(other),
        target: extension,
        random,
      });
      const targets = [echo, echo, nobody, other, other];
      return new CrashLine({ host, port, extension, password: passwordOf(extension), targets }, phone);
    });
    const exchange = new CrashExchange(pbx, lines);
    for (const { phone } of lines) await phone.start();
    return exchange;
  }

  private constructor(pbx: Pbx, lines: CrashLine[]) {
    this.pbx = pbx;
    this.lines = lines;
    pbx.onRecord((id) => this.note(id));
  }

  async close(): Promise<void> {
    await Promise.all(this.lines.map(({ phone }) => phone.stop()));
    await this.pbx.stop();
  }

  private note(id: string): void {
    const record = this.pbx.records.find(id);
    const line = this.lines.find(({ account }) => account.extension === record?.caller);
    if (!record || !line) return;
    const { sipCallId, dialled, startedAt, endedAt } = record;
    // Whoever sent the INVITE knew of it before.
    line.note({ sipCallId, number: dialled, direction: 'outgoing', startedAt, knownAt: startedAt, endedAt });
  }
}
