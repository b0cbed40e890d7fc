import type { CommandArguments, CommandResult, DialOrigin, DialOutcome, DialRequest } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** Wishes to dial from outside of Offhook: judged by the office's rules, dialled at once or asked for on the screen. */
export interface DialDesk {
  list(): DialRequest[];
  /** @throws OffhookError `dial.no-number`, `dial.refused-*`, `dial.too-many`, `number.*`, `line.*`, `call.*` */
  open(asked: CommandArguments<'dialRequests.open'>): DialOutcome;
  /**
   * Whether another program may send a call to this number: it cannot be asked for, so what would be asked is refused.
   * @throws OffhookError `dial.refused-*`, `number.*`
   */
  check(text: string): void;
  /** @throws OffhookError `dial.request-gone`, `line.*`, `call.*` */
  dial(requestId: string, index: number, trust: boolean): { callId: string };
  dismiss(requestId: string): void;
  trusted(): DialOrigin[];
  distrust(originId: string): Promise<void>;
  readonly onChanged: Event<DialRequest[]>;
}

/** Which program the system opens links with. */
export interface LinkRegistration {
  status(): Promise<CommandResult<'links.status'>>;
  /** @throws OffhookError `links.not-here`, `links.failed` */
  register(register: boolean): Promise<CommandResult<'links.register'>>;
}
