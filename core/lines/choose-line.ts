import { OffhookError } from '#contract/errors.ts';
import type { Line } from './line.ts';

/** The line of the built-in exchange: it knows its own extensions and nothing of the world outside. */
export const DEMO_LINE_ID = 'demo';

const usable = (lines: readonly Line[]) => lines.filter((line) => line.userAgent !== null);

/**
 * The line to dial on when none is named: the default if it is registered, else any registered one, else the default.
 * @throws OffhookError `line.none`
 */
export function chooseLine(lines: readonly Line[], defaultId: string | null): Line {
  const all = usable(lines);
  const preferred = all.find((line) => line.id === defaultId);
  const line = preferred?.registered ? preferred : (all.find((each) => each.registered) ?? preferred ?? all[0]);
  if (!line) throw new OffhookError('line.none');
  return line;
}

/**
 * Lines for an emergency call, best first, each to be tried when the one before cannot take it: registered ones, the
 * named and the default one leading, the built-in exchange last; where none is registered, whatever there is.
 * @throws OffhookError `line.none`
 */
export function chooseEmergencyLines(lines: readonly Line[], defaultId: string | null, namedId: string | null): Line[] {
  const rank = (line: Line) =>
    (line.registered ? 0 : 8) + (line.id === DEMO_LINE_ID ? 4 : 0) + (line.id === namedId ? 0 : 2) + (line.id === defaultId ? 0 : 1);
  const all = usable(lines).sort((a, b) => rank(a) - rank(b));
  if (all.length === 0) throw new OffhookError('line.none');
  const registered = all.filter((line) => line.registered);
  return registered.length > 0 ? registered : all.slice(0, 1);
}
