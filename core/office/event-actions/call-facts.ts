import type { ActionEvent, CallDirection, Disposition } from '#contract/ipc/index.ts';

/** What an action may tell of a call. Names, notes and numbers are hostile text. Times are Unix ms. */
export interface CallFacts {
  callId: string;
  lineId: string;
  lineLabel: string;
  direction: CallDirection;
  internal: boolean;
  /** What to dial to reach them; null when withheld. */
  number: string | null;
  display: string;
  name: string;
  firm: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  disposition: Disposition | null;
  note: string;
  outcome: string | null;
}

/** Something happened to a call. */
export interface CallMoment {
  event: ActionEvent;
  facts: CallFacts;
}

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

/** Whole seconds of the talk; null before the end. */
export function secondsOf({ answeredAt, endedAt }: CallFacts): number | null {
  if (endedAt === null) return null;
  return answeredAt === null ? 0 : Math.max(0, Math.round((endedAt - answeredAt) / 1000));
}

export const placeholders = [
  'number',
  'display',
  'name',
  'firm',
  'line',
  'direction',
  'event',
  'callId',
  'startedAt',
  'answeredAt',
  'endedAt',
  'seconds',
  'disposition',
  'note',
  'outcome',
] as const;

/** Values of the placeholders; an empty one where nothing is known. */
export function placeholderValues({ event, facts }: CallMoment): Record<(typeof placeholders)[number], string> {
  return {
    number: facts.number ?? '',
    display: facts.display,
    name: facts.name,
    firm: facts.firm,
    line: facts.lineLabel,
    direction: facts.direction,
    event,
    callId: facts.callId,
    startedAt: iso(facts.startedAt) ?? '',
    answeredAt: iso(facts.answeredAt) ?? '',
    endedAt: iso(facts.endedAt) ?? '',
    seconds: String(secondsOf(facts) ?? ''),
    disposition: facts.disposition ?? '',
    note: facts.note,
    outcome: facts.outcome ?? '',
  };
}

/** Half a character is valid JSON, and yet many a server cannot read it. */
const wellFormed = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed() : value;

/** The body of a webhook, as the guide of event actions describes it. */
export function webhookBody({ event, facts }: CallMoment, delivery: string, test: boolean): string {
  const body = {
    event,
    delivery,
    test,
    call: {
      id: facts.callId,
      direction: facts.direction,
      number: facts.number,
      display: facts.display,
      name: facts.name,
      firm: facts.firm,
      line: { id: facts.lineId, label: facts.lineLabel },
      internal: facts.internal,
      startedAt: iso(facts.startedAt),
      answeredAt: iso(facts.answeredAt),
      endedAt: iso(facts.endedAt),
      seconds: secondsOf(facts),
      disposition: facts.disposition,
      note: facts.note,
      outcome: facts.outcome,
    },
  };
  return JSON.stringify(body, wellFormed);
}
