import { OffhookError } from '#contract/errors.ts';
import { Emitter, type Clock, type Disposable, type Event, type Logger } from '#core/foundation/index.ts';
import { headerValue, type SipMessage } from '../messages/sip-message.ts';
import type { ServerConnection } from '../signalling/server-connection.ts';
import type { Registration, SipAccount } from '../user-agent.ts';
import { refreshDelay, retryDelay } from './back-off.ts';
import { readBindings } from './bindings.ts';
import {
  refusedRegistration,
  unreachableServer,
  type Place,
  type RegistrationFailure,
} from './registration-failure.ts';
import type { Registrar, RegisterOutcome } from './registrar.ts';

/** Over UDP five sendings fit in: with a quarter of the datagrams lost each way, one of them comes through. */
const answerLimit = 10_000;
const removalLimit = 1500;
const staleRemovedAtOnce = 3;

/**
 * Keeps one line registered:
 *
 *     disabled ──start──▶ registering ──200──▶ registered ──refresh──┐
 *                            ▲   │                ▲  │               │
 *                     back-off   ├──4xx──▶ refused│  └───────────────┘
 *                            │   └──silence, 5xx──▶ unreachable
 *                            └──────────────────────┘
 */
export class RegistrationKeeper {
  private readonly account: SipAccount;
  private readonly registrar: Registrar;
  private readonly connection: ServerConnection;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly random: () => number;
  private readonly ownContact: () => { user: string; address: string };
  private readonly emitter = new Emitter<Registration>();
  private current: Registration = { state: 'disabled', nextTryAt: null, error: null };
  private timer: Disposable | null = null;
  private failures = 0;
  private asked: number;
  private running = false;
  private corrected = false;
  /** Rises with each new attempt; what an older one brings home is stale. */
  private turn = 0;
  readonly onChange: Event<Registration> = this.emitter.event;

  constructor(options: {
    account: SipAccount;
    registrar: Registrar;
    connection: ServerConnection;
    clock: Clock;
    logger: Logger;
    random: () => number;
    ownContact: () => { user: string; address: string };
  }) {
    this.account = options.account;
    this.registrar = options.registrar;
    this.connection = options.connection;
    this.clock = options.clock;
    this.logger = options.logger;
    this.random = options.random;
    this.ownContact = options.ownContact;
    this.asked = options.account.registerExpires;
    this.connection.onLost((cause) => this.connectionLost(cause));
  }

  get registration(): Registration {
    return this.current;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.set({ state: 'registering', nextTryAt: null, error: null });
    void this.attempt();
  }

  /** At once, whatever the back-off says, over a new connection when the present one gave no answer. */
  reconnect(): void {
    if (!this.running) return;
    if (this.current.state !== 'registered') this.set({ state: 'registering', nextTryAt: null, error: null });
    void this.attempt();
  }

  /** Takes the binding away, waiting for the server a moment. */
  async stop(): Promise<void> {
    const wasRegistered = this.current.state === 'registered';
    this.running = false;
    this.turn += 1;
    this.timer?.dispose();
    this.registrar.abandon();
    if (wasRegistered && this.connection.flow) await this.registrar.register(0, removalLimit);
    this.set({ state: 'disabled', nextTryAt: null, error: null });
    this.emitter.dispose();
  }

  private async attempt(): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    this.timer?.dispose();
    try {
      if (!this.connection.flow) await this.connection.connect();
      if (turn !== this.turn) return;
      const address = this.ownContact().address;
      const outcome = await this.registrar.register(this.asked, answerLimit);
      if (turn === this.turn) this.settle(outcome, address);
    } catch (error) {
      if (turn === this.turn) this.failed(unreachableServer(error, this.place()));
    }
  }

  private settle(outcome: RegisterOutcome, address: string): void {
    if (outcome.kind === 'silent') {
      this.connection.preferAnother();
      this.connection.drop();
      const detail = outcome.sent ? 'no answer to REGISTER' : 'the connection broke';
      return this.failed(
        unreachableServer(
          new OffhookError(outcome.sent ? 'line.timed-out' : 'line.unreachable', { detail }),
          this.place(),
        ),
      );
    }
    const { message } = outcome;
    if (message.status < 300) return this.registered(message, address);
    const least = Number(headerValue(message, 'min-expires'));
    // RFC 3261 10.2.8: ask again for as long as the server wants, once for each value.
    if (message.status === 423 && least > this.asked && least <= 86_400) {
      this.asked = least;
      void this.attempt();
      return;
    }
    this.failed(refusedRegistration(message, this.place(), outcome.challenged));
  }

  private registered(message: SipMessage, address: string): void {
    this.failures = 0;
    const own = this.ownContact();
    const { expires, stale } = readBindings(message, own, this.asked);
    this.set({ state: 'registered', nextTryAt: null, error: null });
    for (const contact of stale.slice(0, staleRemovedAtOnce)) void this.registrar.register(0, answerLimit, contact);
    // The answer told that the server sees us elsewhere than our Contact said: register that.
    // Once: behind some routers it is another with every request.
    const correct = address !== own.address && !this.corrected;
    this.corrected = correct;
    if (correct) void this.attempt();
    else this.timer = this.clock.after(refreshDelay(expires, this.random()), () => void this.attempt());
  }

  private failed(failure: RegistrationFailure): void {
    this.failures += 1;
    const delay = retryDelay(failure.kind, this.failures, failure.retryAfter, this.random());
    this.logger.warn('not registered', {
      line: this.account.id,
      code: failure.error.code,
      detail: failure.error.detail,
      retryIn: delay,
    });
    const state = failure.kind === 'unreachable' ? 'unreachable' : 'refused';
    this.set({ state, nextTryAt: this.clock.now() + delay, error: failure.error });
    this.timer = this.clock.after(delay, () => void this.attempt());
  }

  private connectionLost(cause: Error | null): void {
    if (!this.running) return;
    this.turn += 1;
    this.logger.info('connection lost', { line: this.account.id, cause: cause?.message ?? null });
    this.set({ state: 'registering', nextTryAt: null, error: null });
    this.timer?.dispose();
    this.timer = this.clock.after(Math.round(this.random() * 500), () => void this.attempt());
  }

  private place(): Place {
    return { host: this.connection.host, user: this.account.user };
  }

  private set(registration: Registration): void {
    const { state, nextTryAt, error } = this.current;
    if (state === registration.state && nextTryAt === registration.nextTryAt && error === registration.error) return;
    this.current = registration;
    this.emitter.fire(registration);
  }
}
