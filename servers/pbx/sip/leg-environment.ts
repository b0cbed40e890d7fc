import type { Clock, Logger } from '#core/foundation/index.ts';
import type { CodecName } from '#core/media/index.ts';
import type { SipFlow, SocketAddress } from '#core/sip/transports/index.ts';
import { hostForUri } from '#core/sip/transports/index.ts';
import type { LegMedia, MediaSecurity } from '#servers/pbx/media/leg-media.ts';
import type { ClientTransactions } from './client-transaction.ts';
import type { Dialog } from './dialog.ts';
import type { ServerRequest } from './server-request.ts';

/** Whatever takes requests inside a dialog. */
export interface DialogUser {
  receive(request: ServerRequest): void;
}

/** Dialogs by Call-ID and our tag. */
export class DialogTable {
  private readonly users = new Map<string, DialogUser>();

  add(callId: string, localTag: string, user: DialogUser): void {
    this.users.set(`${callId} ${localTag}`, user);
  }

  remove(callId: string, localTag: string): void {
    this.users.delete(`${callId} ${localTag}`);
  }

  find(callId: string, localTag: string): DialogUser | null {
    return this.users.get(`${callId} ${localTag}`) ?? null;
  }

  get size(): number {
    return this.users.size;
  }
}

/** What every leg of a call needs of the exchange. */
export interface LegEnvironment {
  clock: Clock;
  logger: Logger;
  transactions: ClientTransactions;
  dialogs: DialogTable;
  /** Unguessable. */
  createToken(): string;
  /** The address by which the far end of a flow knows us. */
  addressFor(flow: SipFlow): SocketAddress;
  openMedia(security: MediaSecurity, codecs: readonly CodecName[], flow: SipFlow): Promise<LegMedia>;
  /** Another way to the phone whose connection is gone; null when it has not registered anew. */
  wayBack(dialog: Dialog): SipFlow | null;
}

export function contactFor(environment: LegEnvironment, flow: SipFlow): readonly [string, string] {
  const { address, port } = environment.addressFor(flow);
  const transport = flow.protocol === 'udp' ? '' : `;transport=${flow.protocol === 'wss' ? 'ws' : flow.protocol}`;
  return ['Contact', `<sip:${hostForUri(address)}:${port}${transport}>`];
}
