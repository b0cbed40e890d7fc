import type { LoggedCall, PartyCard } from '#contract/ipc/index.ts';

/** The calls of a card that are over; the one that it stands beside is none of them. */
export function pastCalls({ calls }: PartyCard, callId: string | null): LoggedCall[] {
  return calls.filter(({ record }) => record.endedAt !== null && record.id !== callId);
}
