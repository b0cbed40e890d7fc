import type { CallbackFigures, ReportFigures } from '#contract/ipc/index.ts';

/** What can be added up over calls; times in ms. */
export interface CallCounts {
  calls: number;
  incoming: number;
  answered: number;
  missed: number;
  reached: number;
  /** Of the answered incoming calls alone. */
  waiting: number;
  talking: number;
}

export const noCalls: CallCounts = {
  calls: 0,
  incoming: 0,
  answered: 0,
  missed: 0,
  reached: 0,
  waiting: 0,
  talking: 0,
};

export function addCounts(a: CallCounts, b: CallCounts, sign: 1 | -1 = 1): CallCounts {
  const sum = { ...a };
  for (const key of Object.keys(noCalls) as (keyof CallCounts)[]) sum[key] += sign * b[key];
  return sum;
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

export function toFigures({ calls, incoming, answered, missed, reached, waiting, talking }: CallCounts): ReportFigures {
  const outgoing = calls - incoming;
  return {
    calls,
    incoming,
    outgoing,
    answered,
    missed,
    reached,
    unreached: outgoing - reached,
    answeredShare: ratio(answered, incoming),
    averageWait: ratio(waiting, answered),
    talkTime: talking,
    averageTalk: ratio(talking, answered + reached),
  };
}

export interface CallbackCounts {
  missed: number;
  calledBack: number;
  settled: number;
  medianTime: number | null;
  ninetiethTime: number | null;
  inQuarter: number;
  inHour: number;
}

export const noCallbacks: CallbackCounts = {
  ...{ missed: 0, calledBack: 0, settled: 0, inQuarter: 0, inHour: 0 },
  ...{ medianTime: null, ninetiethTime: null },
};

export function toCallbacks(counts: CallbackCounts): CallbackFigures {
  const { missed, calledBack, settled, medianTime, ninetiethTime, inQuarter, inHour } = counts;
  return {
    missed,
    calledBack,
    settled,
    open: missed - calledBack - settled,
    medianTime,
    ninetiethTime,
    withinQuarter: ratio(inQuarter, missed),
    withinHour: ratio(inHour, missed),
  };
}
