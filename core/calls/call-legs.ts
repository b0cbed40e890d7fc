import type { CallLeg, RemoteParty } from '#contract/ipc/index.ts';
import type { Call } from './call.ts';

function isSame(a: RemoteParty, b: RemoteParty): boolean {
  return a.number === b.number && a.extension === b.extension && a.display === b.display;
}

/**
 * The stretches of a call with one far end each. A far end that changes in mid-call (RFC 3325 identity in a re-INVITE)
 * was transferred by somebody, and so was one whom we gave away: whom we called, or who called us, stays what it was, and the new one is a leg of its own.
 */
export class CallLegs {
  private readonly call: Call;
  private readonly parties: { remote: RemoteParty; from: number }[];
  private talking = false;

  constructor(call: Call) {
    this.call = call;
    const { remote, startedAt } = call.snapshot();
    this.parties = [{ remote, from: startedAt }];
  }

  /** Whom the call was with at first. */
  get party(): RemoteParty {
    return this.parties[0]!.remote;
  }

  /** @param now Unix ms */
  look(now: number): void {
    const { remote } = this.call.snapshot();
    const last = this.parties.at(-1)!;
    if (this.talking && this.call.established && !isSame(last.remote, remote)) this.parties.push({ remote, from: now });
    // Until somebody has answered it is one and the same party, of whom more becomes known; a name may come later still.
    else if (!this.talking || isSame(last.remote, remote)) last.remote = remote;
    this.talking ||= this.call.established;
  }

  /** Empty while there was one far end only. */
  list(): CallLeg[] {
    const given = this.call.transferredTo;
    const parties = given ? [...this.parties, { remote: given.remote, from: given.at }] : this.parties;
    if (parties.length === 1) return [];
    const { answeredAt, endedAt } = this.call.snapshot();
    return parties.map(({ remote, from }, index) => ({
      kind: index === 0 ? 'call' : 'transfer',
      number: remote.number,
      display: remote.display,
      name: remote.name,
      startedAt: from,
      answeredAt: index === 0 ? answeredAt : from,
      endedAt: parties[index + 1]?.from ?? endedAt,
      sipCallId: this.call.session.sipCallId,
    }));
  }
}
