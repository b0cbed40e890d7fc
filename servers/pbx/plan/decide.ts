import type { CallRequest, Dialable, ExchangeState, Plan, PlanStep, RingTarget } from './plan.ts';

/** How many diversions one call may follow; a chain that comes back to itself ends sooner. */
const maximumDiversions = 5;

type Reject = Extract<PlanStep, { do: 'reject' }>;
const reject = (status: number, reason: string): Reject => ({ do: 'reject', status, reason });

/**
 * What becomes of a call: no sockets, no clock, no randomness, so that it can be tested by itself and shared.
 * The same call in the same state always has the same plan.
 */
export function decide(call: CallRequest, state: ExchangeState): Plan {
  const presented: Plan['presented'] =
    call.withheld || call.caller === null
      ? { withheld: true }
      : { withheld: false, extension: call.caller, name: state.nameOf(call.caller) };
  const refusal = refuse(call, state);
  return { presented, steps: refusal ? [refusal] : follow(call, state) };
}

function refuse(call: CallRequest, state: ExchangeState): PlanStep | null {
  // Nobody is connected anywhere without having proved who they are: neither inwards nor, above all, outwards.
  if (call.caller === null) return reject(403, 'Forbidden');
  if (!call.ownDomain) return reject(403, 'No Relaying');
  if (state.activeCalls >= state.maximumCalls) return reject(503, 'All Lines Busy');
  return null;
}

/** Follows diversions: each place that can ring adds its steps; a service ends the plan. */
function follow(call: CallRequest, state: ExchangeState): PlanStep[] {
  const steps: PlanStep[] = [];
  const visited = new Set<string>();
  let number: string | null = call.dialled;
  let end: Reject = reject(404, 'Not Found');
  while (number !== null && !visited.has(number) && visited.size <= maximumDiversions) {
    visited.add(number);
    const place: Dialable | null = state.find(number);
    if (!place) break;
    if (place.kind === 'service') return [...steps, { do: place.service }];
    const ringing = ring(place, call, state);
    steps.push(...ringing.steps);
    // The first place's word counts: who dialled 101 wants to hear that 101 is busy, not that its deputy is away.
    if (visited.size === 1) end = ringing.otherwise;
    number = place.ifNotAnswered;
  }
  return [...steps, end];
}

function ring(
  place: Exclude<Dialable, { kind: 'service' }>,
  call: CallRequest,
  state: ExchangeState,
): { steps: PlanStep[]; otherwise: Reject } {
  const extensions = place.kind === 'user' ? [place.extension] : place.members.filter((member) => member !== call.caller);
  const reachable = extensions.map((extension) => ({ extension, ...reach(extension, call, state) }));
  const otherwise = reachable.some(({ targets }) => targets.length > 0)
    ? reject(480, 'No Answer')
    : reachable.some(({ busy }) => busy)
      ? reject(486, 'Busy Here')
      : reject(480, 'Not Registered');
  const ringing = reachable.map(({ targets }) => targets).filter((targets) => targets.length > 0);
  const rounds = place.kind === 'group' && place.order === 'in-turn' ? ringing : ringing.length > 0 ? [ringing.flat()] : [];
  return { steps: rounds.map((targets) => ({ do: 'ring', targets, seconds: place.ringFor })), otherwise };
}

function reach(extension: string, call: CallRequest, state: ExchangeState): { targets: RingTarget[]; busy: boolean } {
  const user = state.find(extension);
  if (user?.kind !== 'user') return { targets: [], busy: false };
  const registered = state.phones(extension);
  const others = registered.filter(({ id }) => id !== call.callerPhone);
  // Calling one's own number from one's only phone: that phone is busy with this very call.
  const busy = registered.length > 0 && (others.length === 0 || state.callsOf(extension) >= user.maximumCalls);
  return { targets: busy ? [] : others.map(({ id }) => ({ extension, phone: id })), busy };
}
