import { randomInt } from 'node:crypto';
import { OffhookError } from '#contract/errors.ts';
import type { PairedProgram, PairingRequest } from '#contract/ipc/index.ts';
import type { OperationResult, Scope } from '#contract/local-api/index.ts';
import { Emitter, showLine, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { PairedPrograms } from './paired-programs.ts';
import { newToken } from './secret-token.ts';

/** More questions at once no user would read. */
const mostRequests = 5;
const lifetime = 120_000;
/** ms that `await` holds its answer back. */
const patience = 25_000;

type Answer = OperationResult<'pairing.await'>;

interface Open {
  request: PairingRequest;
  state: Answer['state'];
  token: string | null;
  /** The user has said yes, and the disk is being told. */
  deciding: boolean;
  /** The last who asked how it stands. */
  waiting: ((answer: Answer) => void) | null;
  expiry: Disposable;
}

/** Programs that ask to be let in. The one that holds the pairing's secret id gets the token, once. */
export class PairingDesk implements Disposable {
  private readonly programs: PairedPrograms;
  private readonly clock: Clock;
  private readonly newId: () => string;
  private readonly open = new Map<string, Open>();
  private readonly changed = new Emitter<void>();

  readonly onChanged = this.changed.event;

  constructor(options: { programs: PairedPrograms; clock: Clock; newId: () => string }) {
    this.programs = options.programs;
    this.clock = options.clock;
    this.newId = options.newId;
  }

  requests(): PairingRequest[] {
    return [...this.open.values()].filter(({ state }) => state === 'waiting').map(({ request }) => request);
  }

  /** @throws OffhookError `program.invalid` for a name that shows nothing, `program.too-many` */
  begin(name: string, scopes: readonly Scope[], from: string): OperationResult<'pairing.begin'> {
    const shown = showLine(name, 80);
    if (shown === '') throw new OffhookError('program.invalid', { detail: 'name: nothing that can be shown' });
    if (this.requests().length >= mostRequests) throw new OffhookError('program.too-many');
    const requestedAt = this.clock.now();
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const request: PairingRequest = {
      ...{ id: this.newId(), name: shown, scopes: [...new Set(scopes)], code, from: showLine(from, 100) },
      ...{ requestedAt, expiresAt: requestedAt + lifetime },
    };
    const pairingId = newToken();
    const expiry = this.clock.after(lifetime, () => this.close(pairingId));
    this.open.set(pairingId, { request, state: 'waiting', token: null, deciding: false, waiting: null, expiry });
    this.changed.fire();
    return { pairingId, code, expiresAt: request.expiresAt };
  }

  /** How it stands, as soon as the user has decided. @throws OffhookError `program.request-gone` */
  await(pairingId: string): Promise<Answer> {
    const open = this.open.get(pairingId);
    if (!open) throw new OffhookError('program.request-gone');
    if (open.state !== 'waiting') return Promise.resolve(handOut(open));
    // Who asks twice at once gets one answer that comes later.
    open.waiting?.({ state: 'waiting', token: null });
    return new Promise((resolve) => {
      const limit = this.clock.after(patience, () => open.waiting?.({ state: 'waiting', token: null }));
      open.waiting = (answer) => {
        limit.dispose();
        open.waiting = null;
        resolve(answer);
      };
    });
  }

  /** @throws OffhookError `program.request-gone`, `program.too-many`, `storage.*` */
  async approve(requestId: string, scopes: readonly Scope[]): Promise<PairedProgram> {
    const open = this.required(requestId);
    const granted = open.request.scopes.filter((scope) => scopes.includes(scope));
    open.deciding = true;
    try {
      const { program, token } = await this.programs.add(this.newId(), open.request.name, granted);
      open.token = token;
      this.decide(open, 'approved');
      return program;
    } finally {
      open.deciding = false;
    }
  }

  /** One that is closed already stays so. */
  refuse(requestId: string): PairingRequest | null {
    const open = this.find(requestId);
    if (!open) return null;
    this.decide(open, 'refused');
    return open.request;
  }

  dispose(): void {
    for (const pairingId of [...this.open.keys()]) this.close(pairingId);
  }

  private decide(open: Open, state: 'approved' | 'refused'): void {
    open.state = state;
    if (open.waiting) open.waiting(handOut(open));
    this.changed.fire();
  }

  /** Its time is over. What was not fetched by then is lost, and the program asks anew. */
  private close(pairingId: string): void {
    const open = this.open.get(pairingId);
    if (!open) return;
    this.open.delete(pairingId);
    open.expiry.dispose();
    open.waiting?.({ state: 'refused', token: null });
    this.changed.fire();
  }

  private find(requestId: string): Open | undefined {
    const isIt = ({ request, state, deciding }: Open) => request.id === requestId && state === 'waiting' && !deciding;
    return [...this.open.values()].find(isIt);
  }

  private required(requestId: string): Open {
    const open = this.find(requestId);
    if (!open) throw new OffhookError('program.request-gone');
    return open;
  }
}

function handOut(open: Open): Answer {
  const { state, token } = open;
  open.token = null;
  return { state, token };
}
