import type { ErrorReport } from '#contract/errors.ts';
import type { MediaSecurity, SipTransport } from '#contract/ipc/index.ts';
import type { Disposable, Event } from '#core/foundation/index.ts';
import type { MediaLeg } from '#core/media/index.ts';

/** What a user agent needs of an account; `contract/ipc/lines.ts` says what each field means. */
export interface SipAccount {
  /** The line's id, for logs and for the fixed Contact user. */
  id: string;
  displayName: string;
  user: string;
  authorizationUser: string | null;
  password: string;
  domain: string;
  transport: SipTransport;
  serverHost: string | null;
  serverPort: number | null;
  outboundProxy: string | null;
  webSocketPath: string;
  media: MediaSecurity;
  /** Seconds. */
  registerExpires: number;
  trustIdentity: boolean;
  verifyCertificate: boolean;
}

export interface Registration {
  state: 'disabled' | 'registering' | 'registered' | 'refused' | 'unreachable';
  /** Unix ms of the next try, when refused or unreachable. */
  nextTryAt: number | null;
  error: ErrorReport | null;
}

/** Who is at the other end, read from the INVITE's or the answer's headers. All text is hostile. */
export interface SipIdentity {
  /** User part of the SIP or tel URI, percent-decoded; null for anonymous. */
  user: string | null;
  host: string | null;
  displayName: string | null;
  withheld: boolean;
  /** From P-Asserted-Identity or Remote-Party-ID of a trusted server. */
  asserted: boolean;
  diversion: { user: string | null; displayName: string | null; reason: string | null } | null;
}

export interface SessionEnd {
  by: 'us' | 'them' | 'network';
  /** Final SIP status of an INVITE that failed; null when a call that was up ended by BYE. */
  status: number | null;
  reason: string | null;
  /** RFC 3326: answered by another phone of the same user (`SIP ;cause=200` or text "Call completed elsewhere"). */
  completedElsewhere: boolean;
  /** Set when it did not end well; the sentence for the user. */
  error: ErrorReport | null;
}

/**
 * What a request within a dialog is made from (RFC 3261 12), as plain data that outlives the process. The far end chose
 * much of it: hostile text.
 */
export interface SipDialog {
  callId: string;
  localTag: string;
  remoteTag: string;
  /** `sip:user@host`, as in From and To. */
  localUri: string;
  remoteUri: string;
  /** URI of the far end's Contact: where the next request is addressed. */
  remoteTarget: string;
  /** Route fields, the nearest hop first. */
  routeSet: readonly string[];
  /** CSeq of our last request, 0 before the first. */
  localSequence: number;
}

/** One INVITE session, either way. Commands on a session that has ended do nothing. */
export interface SipSession extends Disposable {
  readonly direction: 'incoming' | 'outgoing';
  /** Call-ID header. */
  readonly sipCallId: string;
  readonly identity: SipIdentity;
  /**
   * The dialog as it stands: from the answer on, of a call of ours from the first ringing on (early, RFC 3261 12.1; of
   * several phones that ring, the last one to say so). Null before, or while there is nothing that a BYE could end.
   */
  readonly dialogState: SipDialog | null;
  /** It is there, or it has changed: confirmed, another remote target, a request of ours. */
  readonly onDialogState: Event<SipDialog>;
  /** Provisional response: 100, 180, 183 …; `earlyMedia` when it brought an SDP. Outgoing only. */
  readonly onProgress: Event<{ status: number; earlyMedia: boolean }>;
  /** The dialog is confirmed: 2xx received, or our 2xx sent. */
  readonly onAnswered: Event<void>;
  /** The far end's identity changed (answer or re-INVITE with another asserted identity). */
  readonly onIdentity: Event<SipIdentity>;
  /** Fires once. */
  readonly onEnded: Event<SessionEnd>;
  /** Incoming only: 180 Ringing. */
  ring(): void;
  /** Incoming only: resolves when the 200 is on the wire. Rejects with an `OffhookError`, the session then ends. */
  answer(): Promise<void>;
  /** Incoming only, before the answer: e.g. 486 Busy Here, 603 Decline, 480. */
  reject(status: number, reason: string): void;
  /** CANCEL, BYE or a rejection, whichever the state asks for. */
  end(): void;
  /** re-INVITE with the leg's present wish (hold or not). Rejects with an `OffhookError`; 491 is retried (RFC 3261 14.1). */
  reoffer(): Promise<void>;
  /**
   * REFER (RFC 3515): the far end is to call `target`, which is as for `invite`. Resolves when it has reached it, or has
   * hung up to do so. Rejects with an `OffhookError`: `call.not-supported`, or why it was not reached; the call is then as
   * it was.
   */
  transfer(target: string): Promise<void>;
  /** application/dtmf-relay INFO, where RFC 4733 was not negotiated. */
  sendDigitsByInfo(digits: string): Promise<void>;
}

/** One account's registration and its sessions. */
export interface SipUserAgent {
  readonly registration: Registration;
  readonly onRegistration: Event<Registration>;
  /** A new INVITE; answered with 100 already. The listener must attach a leg at once by `accept`, or refuse it. */
  readonly onInvitation: Event<SipInvitation>;
  /** Address of this machine as the server's flow sees it: for SDP. Loopback before the first flow. */
  readonly localAddress: string;
  start(): void;
  /** Ends sessions, un-REGISTERs, closes sockets; takes at most 2 s. */
  stop(): Promise<void>;
  /** Tries to register at once, without waiting for the back-off. */
  reconnect(): void;
  /**
   * Sends an INVITE; with a relay leg it is on the wire in the same turn of the loop (microtasks included).
   * @param target user part (number, short number) or a whole `sip:` URI; escaped here
   */
  invite(target: string, leg: MediaLeg): SipSession;
  /**
   * Sends one BYE within a dialog that no session here has: what a run before this one left. By the present flow, along
   * the dialog's route set, with credentials when challenged. Resolves when the far end has hung up (2xx) or knows of no
   * such call (481). Rejects with an `OffhookError` when it said otherwise, or nothing for 32 s.
   */
  sayGoodbye(dialog: SipDialog): Promise<void>;
}

export interface SipInvitation {
  readonly identity: SipIdentity;
  readonly sipCallId: string;
  /** SDP offered in the INVITE; null for a late offer. */
  readonly hasOffer: boolean;
  /** Attaches media and gives the session; nothing is answered yet. */
  take(leg: MediaLeg): SipSession;
  refuse(status: number, reason: string): void;
}

export interface SipUserAgentFactory {
  create(account: SipAccount): SipUserAgent;
}
