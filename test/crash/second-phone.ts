import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { SipJsUserAgentFactory } from '#core/sip/sip-js-user-agent.ts';
import type { SipInvitation, SipSession, SipUserAgent } from '#core/sip/index.ts';
import { FakeMediaLeg } from '#core/sip/testing/fake-media-leg.ts';
import { pause, within } from '#test/support/until.ts';
import type { WitnessedCall } from './check-records.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface SecondPhoneOptions {
  host: string;
  port: number;
  extension: string;
  password: string;
  /** The agent's extension, which it calls without a pause. */
  target: string;
  random: SeededRandom;
}

/** The other party: calls the agent one call after another, is called by it, and remembers what it saw. */
export class SecondPhone {
  /** Calls to the agent that rang there and are over. */
  readonly witnessed: WitnessedCall[] = [];
  private readonly options: SecondPhoneOptions;
  private readonly userAgent: SipUserAgent;
  private stopped = false;
  private calling: Promise<void> = Promise.resolve();

  constructor(options: SecondPhoneOptions) {
    this.options = options;
    const { host, port, extension, password } = options;
    this.userAgent = new SipJsUserAgentFactory({ clock: systemClock, logger: silentLogger }).create({
      id: extension,
      displayName: extension,
      user: extension,
      authorizationUser: null,
      password,
      domain: host,
      transport: 'tcp',
      serverHost: host,
      serverPort: port,
      outboundProxy: null,
      webSocketPath: '/ws',
      media: 'rtp',
      registerExpires: 3600,
      trustIdentity: true,
      verifyCertificate: false,
    });
    this.userAgent.onInvitation((invitation) => void this.meet(invitation));
  }

  async start(): Promise<void> {
    const registered = new Promise<void>((resolve) => {
      this.userAgent.onRegistration(({ state }) => state === 'registered' && resolve());
    });
    this.userAgent.start();
    await within(5000, 'the second phone is registered', registered);
    this.calling = this.callAgainAndAgain();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.calling;
    await this.userAgent.stop();
  }

  private async callAgainAndAgain(): Promise<void> {
    const { random } = this.options;
    while (!this.stopped) {
      // Where nobody is registered the exchange says so at once: no use in asking without a breath.
      const rang = await this.callOnce();
      await pause(rang ? random.between(1, 30) : 50);
    }
  }

  /** True when it rang. */
  private async callOnce(): Promise<boolean> {
    const { random, target, extension } = this.options;
    const startedAt = Date.now();
    const session = this.userAgent.invite(target, new FakeMediaLeg());
    let knownAt: number | null = null;
    session.onProgress(({ status }) => {
      if (status === 180) knownAt ??= Date.now();
    });
    await this.endLater(session, random.between(20, 200));
    const call = { sipCallId: null, number: extension, direction: 'incoming' as const };
    if (knownAt !== null) this.witnessed.push({ ...call, startedAt, knownAt, endedAt: Date.now() });
    session.dispose();
    return knownAt !== null;
  }

  private async meet(invitation: SipInvitation): Promise<void> {
    const { random } = this.options;
    const choice = random.pick(['answer', 'answer', 'busy', 'decline', 'ring']);
    if (choice === 'busy') return invitation.refuse(486, 'Busy Here');
    const session = invitation.take(new FakeMediaLeg());
    const over = this.endLater(session, choice === 'ring' ? 2000 : random.between(20, 300));
    session.ring();
    await pause(random.between(0, 30));
    if (choice === 'decline') session.reject(603, 'Decline');
    // The caller may have gone meanwhile.
    if (choice === 'answer') await session.answer().catch(() => session.end());
    await over;
    session.dispose();
  }

  /** Resolves when the call is over, by whomever; ends it after that time. */
  private async endLater(session: SipSession, milliseconds: number): Promise<void> {
    const ended = new Promise<void>((resolve) => session.onEnded(() => resolve()));
    const timer = setTimeout(() => session.end(), milliseconds);
    await ended;
    clearTimeout(timer);
  }
}
