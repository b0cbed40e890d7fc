import type {
  CallRecord,
  CallSnapshot,
  LineSnapshot,
  ListedPerson,
  LoggedCall,
  PersonDetail,
} from '#contract/ipc/index.ts';
import type { ApiCall, ApiLine, ApiPerson, ApiRecord, LineFeature } from '#contract/local-api/index.ts';

/** What every line here can do. The rest of the model is answered with `call.not-supported`. */
export const supportedFeatures: readonly LineFeature[] = [
  'make',
  'answer',
  'drop',
  'hold',
  'unhold',
  'swap',
  'dialDigits',
  'blindTransfer',
];

const inState: Partial<Record<CallSnapshot['state'], readonly LineFeature[]>> = {
  offering: ['answer', 'drop'],
  dialing: ['drop'],
  proceeding: ['drop'],
  ringback: ['drop', 'dialDigits'],
  connected: [
    ...(['drop', 'hold', 'swap', 'dialDigits', 'blindTransfer', 'setUpTransfer', 'completeTransfer'] as const),
    ...(['conference', 'park'] as const),
  ],
  onHold: [
    ...(['drop', 'unhold', 'swap', 'dialDigits', 'blindTransfer', 'completeTransfer', 'conference', 'park'] as const),
  ],
  onHoldPendingTransfer: ['drop', 'unhold', 'completeTransfer'],
  conferenced: ['drop'],
  busy: ['drop'],
};

export function toApiLine({ id, account, isDefault, registration }: LineSnapshot): ApiLine {
  return {
    id,
    label: account.label || account.user,
    address: `${account.user}@${account.domain}`,
    isDefault,
    registration: registration.state,
    features: registration.state === 'disabled' ? [] : [...supportedFeatures],
  };
}

/** @param all the calls of this phone: what one can do depends on the others */
export function toApiCall(call: CallSnapshot, all: readonly CallSnapshot[]): ApiCall {
  const { remote, match, ending } = call;
  return {
    id: call.id,
    lineId: call.lineId,
    direction: call.direction,
    state: call.state,
    number: remote.withheld ? null : remote.number,
    display: remote.display,
    name: match?.person.name || remote.name,
    firm: match?.person.firm || null,
    personId: match?.person.id ?? null,
    muted: call.muted,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    disposition: ending?.disposition ?? null,
    error: ending?.error ?? null,
    possible: possible(call, all),
  };
}

export function toApiCalls(calls: readonly CallSnapshot[]): ApiCall[] {
  return calls.map((call) => toApiCall(call, calls));
}

function possible(call: CallSnapshot, all: readonly CallSnapshot[]): LineFeature[] {
  const other = call.state === 'connected' ? 'onHold' : 'connected';
  const canSwap = all.some(({ state }) => state === other);
  const features = inState[call.state] ?? [];
  return features.filter((feature) => supportedFeatures.includes(feature) && (feature !== 'swap' || canSwap));
}

/** @param personId whose number it is as known now; null for nobody's */
export function toApiRecord(
  record: CallRecord,
  annotation: LoggedCall['annotation'],
  personId: string | null,
): ApiRecord {
  const { id, lineId, direction, number, display, name, offeredAt, answeredAt, endedAt, disposition } = record;
  return {
    ...{ id, lineId, direction, number, display, name, personId, offeredAt, answeredAt, endedAt, disposition },
    note: annotation?.note ?? '',
    outcome: annotation?.outcome ?? null,
    followUpAt: annotation?.followUpDoneAt === null ? annotation.followUpAt : null,
    tags: annotation?.tags ?? [],
  };
}

export function toApiLoggedCall({ record, annotation, person }: LoggedCall): ApiRecord {
  return toApiRecord(record, annotation, annotation?.personId ?? person?.id ?? null);
}

export function toApiPerson({ id, name, firm, role, numbers, emails }: PersonDetail): ApiPerson {
  return {
    id,
    name,
    firm,
    role,
    numbers: numbers.map(({ dial, display, label }) => ({ dial, display, label })),
    emails,
  };
}

/** With the first of their numbers only: for a list. */
export function toListedApiPerson({ id, name, firm, role, number }: ListedPerson): Omit<ApiPerson, 'emails'> {
  return { id, name, firm, role, numbers: number ? [{ dial: number.dial, display: number.display, label: '' }] : [] };
}
