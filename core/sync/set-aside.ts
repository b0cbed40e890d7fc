import type { ErrorCode, ErrorReport } from '#contract/errors.ts';

const final: readonly ErrorCode[] = ['delivery.refused', 'delivery.not-allowed', 'delivery.no-object'];
/** Tries after which what breaks its carrier is taken for a thing that will never be carried. */
const mostBroken = 5;

/**
 * Whether a delivery that failed waits for the user's word, so that those behind it go on: the other side will never take
 * it, or an error that nobody foresaw came again, at the fifth try or later.
 * @param before what it failed by the time before
 * @param attempts that failed, this one too
 */
export function isSetAside(report: ErrorReport, before: ErrorReport | null, attempts: number): boolean {
  if (final.includes(report.code)) return true;
  return attempts >= mostBroken && [report, before].every((each) => each?.code === 'internal.bug');
}
