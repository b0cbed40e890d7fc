import type { ApiCall } from '#contract/local-api/index.ts';
import { CommandFailure } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CallAct, Words } from '../words/words.ts';

type State = ApiCall['state'];

const talking: readonly State[] = ['connected', 'conferenced'];
const outgoing: readonly State[] = ['dialing', 'proceeding', 'ringback'];
const held: readonly State[] = ['onHold', 'onHoldPendingTransfer'];

/** For each act the states that it makes sense in, the likeliest first. */
const preferences: Record<CallAct, readonly (readonly State[])[]> = {
  answer: [['offering']],
  hangup: [talking, outgoing, ['offering'], held],
  hold: [talking],
  unhold: [held],
  transfer: [talking, held],
  digits: [talking],
};

const shortest = 4;

export interface PickedCall {
  call: ApiCall;
  /** How many the act could have meant. */
  of: number;
}

/** The calls with this id, or with an id that begins so. */
export function callsNamed(calls: readonly ApiCall[], text: string): ApiCall[] {
  const exact = calls.filter((call) => call.id === text);
  if (exact.length > 0 || text.length < shortest) return exact;
  return calls.filter((call) => call.id.startsWith(text));
}

/**
 * The call that is named, or else the one that makes sense: of those that ring the first, of all others the last.
 * @throws CommandFailure with exit code 4
 */
export function pickCall(act: CallAct, calls: readonly ApiCall[], named: string | undefined, words: Words): PickedCall {
  const up = calls.filter((call) => call.endedAt === null && call.state !== 'disconnected');
  if (named !== undefined) {
    const [call, second] = callsNamed(up, named);
    if (!call) throw new CommandFailure(words.noSuchCall(named), exitCodes.nothingToDo);
    if (second) throw new CommandFailure(words.ambiguousCall(named), exitCodes.nothingToDo);
    return { call, of: 1 };
  }
  for (const states of preferences[act]) {
    const fitting = up.filter(({ state }) => states.includes(state)).sort((a, b) => a.startedAt - b.startedAt);
    const call = act === 'answer' ? fitting[0] : fitting.at(-1);
    if (call) return { call, of: fitting.length };
  }
  throw new CommandFailure(words.noCallFor[act], exitCodes.nothingToDo);
}
