import { Emitter } from '#core/foundation/index.ts';
import type { MediaLeg } from '#core/media/index.ts';
import type {
  Registration,
  SessionEnd,
  SipAccount,
  SipDialog,
  SipIdentity,
  SipInvitation,
  SipSession,
  SipUserAgent,
  SipUserAgentFactory,
} from './user-agent.ts';

export const nobody: SipIdentity = {
  user: null,
  host: null,
  displayName: null,
  withheld: false,
  asserted: false,
  diversion: null,
};

/** A session without a wire, for tests: they play the far end through its emitters. */
export class MemorySession implements SipSession {
  readonly direction: 'incoming' | 'outgoing';
  readonly sipCallId: string;
  readonly identity: SipIdentity;
  readonly target: string | null;
  readonly dialogStates = new Emitter<SipDialog>();
  readonly progress = new Emitter<{ status: number; earlyMedia: boolean }>();
  readonly answered = new Emitter<void>();
  readonly identities = new Emitter<SipIdentity>();
  readonly ended = new Emitter<SessionEnd>();
  readonly onDialogState = this.dialogStates.event;
  readonly onProgress = this.progress.event;
  readonly onAnswered = this.answered.event;
  readonly onIdentity = this.identities.event;
  readonly onEnded = this.ended.event;
  readonly log: string[] = [];
  dialogState: SipDialog | null = null;
  private over = false;

  constructor(direction: 'incoming' | 'outgoing', sipCallId: string, identity: SipIdentity, target: string | null) {
    this.direction = direction;
    this.sipCallId = sipCallId;
    this.identity = identity;
    this.target = target;
  }

  ring(): void {
    this.log.push('ring');
  }

  async answer(): Promise<void> {
    this.log.push('answer');
    this.changeDialog({});
    this.answered.fire();
  }

  reject(status: number, reason: string): void {
    this.log.push(`reject ${status}`);
    this.finish({ by: 'us', status, reason });
  }

  end(): void {
    this.log.push('end');
    this.finish({ by: 'us' });
  }

  async reoffer(): Promise<void> {
    this.log.push('reoffer');
  }

  /** Plays what the far end makes of a transfer. */
  transferred: Promise<void> = Promise.resolve();

  async transfer(target: string): Promise<void> {
    this.log.push(`transfer ${target}`);
    await this.transferred;
  }

  async sendDigitsByInfo(digits: string): Promise<void> {
    this.log.push(`info ${digits}`);
  }

  /** The dialog is there, or has changed. */
  changeDialog(changes: Partial<SipDialog>): void {
    this.dialogState = { ...memoryDialog(this.sipCallId), ...this.dialogState, ...changes };
    this.dialogStates.fire(this.dialogState);
  }

  /** Plays the end, whoever caused it. */
  finish(end: Partial<SessionEnd>): void {
    if (this.over) return;
    this.over = true;
    this.ended.fire({ by: 'them', status: null, reason: null, completedElsewhere: false, error: null, ...end });
  }

  dispose(): void {}
}

export function memoryDialog(callId: string): SipDialog {
  return {
    callId,
    localTag: 'here',
    remoteTag: 'there',
    localUri: 'sip:101@pbx.example',
    remoteUri: 'sip:202@pbx.example',
    remoteTarget: 'sip:202@192.0.2.2:5060',
    routeSet: [],
    localSequence: 1,
  };
}

export class MemoryUserAgent implements SipUserAgent {
  readonly account: SipAccount;
  readonly sessions: MemorySession[] = [];
  readonly registrations = new Emitter<Registration>();
  readonly invitations = new Emitter<SipInvitation>();
  readonly onRegistration = this.registrations.event;
  readonly onInvitation = this.invitations.event;
  readonly localAddress = '127.0.0.1';
  registration: Registration = { state: 'registering', nextTryAt: null, error: null };
  /** Every dialog in which a BYE was asked for. */
  readonly goodbyes: SipDialog[] = [];
  /** Set to make a goodbye fail with it. */
  goodbyeFailure: Error | null = null;

  constructor(account: SipAccount) {
    this.account = account;
  }

  start(): void {}

  async stop(): Promise<void> {
    this.become('disabled');
  }

  reconnect(): void {}

  become(state: Registration['state']): void {
    this.registration = { state, nextTryAt: null, error: null };
    this.registrations.fire(this.registration);
  }

  invite(target: string, _leg: MediaLeg): MemorySession {
    const session = new MemorySession('outgoing', `call-${this.sessions.length}`, nobody, target);
    this.sessions.push(session);
    return session;
  }

  async sayGoodbye(dialog: SipDialog): Promise<void> {
    this.goodbyes.push(dialog);
    if (this.goodbyeFailure) throw this.goodbyeFailure;
  }

  /** Somebody calls us. */
  receive(identity: Partial<SipIdentity>): MemorySession {
    const session = new MemorySession('incoming', `call-${this.sessions.length}`, { ...nobody, ...identity }, null);
    this.sessions.push(session);
    this.invitations.fire({
      identity: session.identity,
      sipCallId: session.sipCallId,
      hasOffer: true,
      take: () => session,
      refuse: (status, reason) => session.reject(status, reason),
    });
    return session;
  }
}

export class MemoryUserAgentFactory implements SipUserAgentFactory {
  readonly userAgents: MemoryUserAgent[] = [];

  create(account: SipAccount): MemoryUserAgent {
    const userAgent = new MemoryUserAgent(account);
    this.userAgents.push(userAgent);
    return userAgent;
  }
}
