import type { ResultColumns, SheetSetup } from '#contract/ipc/index.ts';

export const longestOutcome = 60;
export const mostOutcomes = 30;
const mostSeconds = 600;

/** How a sheet is worked through, as the fields of its panel have it. */
export interface SetupDraft {
  shown: string[];
  script: string;
  /** One a line. */
  outcomes: string;
  results: ResultColumns;
  byHand: boolean;
  automatic: boolean;
  seconds: string;
}

export function toDraft(setup: SheetSetup): SetupDraft {
  const pause = setup.pauseMilliseconds;
  return {
    ...{ shown: [...setup.shown], script: setup.script, outcomes: setup.outcomes.join('\n') },
    ...{ results: { ...setup.results }, byHand: setup.byHand },
    ...{ automatic: pause !== null, seconds: String(Math.round((pause ?? 10_000) / 1000)) },
  };
}

/** Null for what is no number of seconds from 0 to 600. */
export function secondsOf(text: string): number | null {
  const seconds = /^\d{1,3}$/.test(text.trim()) ? Number(text) : Infinity;
  return seconds <= mostSeconds ? seconds : null;
}

export function outcomesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim().slice(0, longestOutcome).trim());
  return [...new Set(lines.filter(Boolean))].slice(0, mostOutcomes);
}

/** Null as long as a field holds what cannot be so. */
export function fromDraft(draft: SetupDraft): SheetSetup | null {
  const seconds = secondsOf(draft.seconds);
  if (draft.automatic && seconds === null) return null;
  const name = (heading: string | null) => heading?.trim() || null;
  const { outcome, note, calledAt, followUp } = draft.results;
  return {
    ...{ shown: draft.shown, script: draft.script, outcomes: outcomesOf(draft.outcomes) },
    results: { outcome: name(outcome), note: name(note), calledAt: name(calledAt), followUp: name(followUp) },
    ...{ byHand: draft.byHand, pauseMilliseconds: draft.automatic ? (seconds ?? 0) * 1000 : null },
  };
}

/** The item moved by some places; as it was where there is no such place. */
export function moved(items: readonly string[], item: string, by: number): string[] {
  const [from, next] = [items.indexOf(item), [...items]];
  const to = from + by;
  if (from < 0 || to < 0 || to >= items.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
