import type { MatchConfidence } from '#contract/ipc/index.ts';
import type { MatchKey } from '../numbers/match-key.ts';

const telephone = /^\+?\d{7,}$/;

/** Digits that two telephone numbers can be compared by; null for short numbers, service codes and SIP addresses. */
export function comparableDigits(key: string): string | null {
  return telephone.test(key) ? key.replace('+', '') : null;
}

function sameKey(asked: MatchKey, stored: MatchKey): MatchConfidence {
  const sides = [asked.confidence, stored.confidence];
  // Digits that no plan explains may be anybody's, the more so the fewer they are.
  if (sides.includes('weak')) return (comparableDigits(asked.key)?.length ?? 0) >= 10 ? 'likely' : 'possible';
  return sides.includes('local') ? 'local' : 'certain';
}

/**
 * How sure it is that two numbers are one line; null where they are not. The rule is in docs/guides/matching.md. It is
 * the same from either side.
 */
export function compareKeys(asked: MatchKey, stored: MatchKey): MatchConfidence | null {
  if (asked.key === stored.key) return sameKey(asked, stored);
  const [one, other] = [comparableDigits(asked.key), comparableDigits(stored.key)];
  if (one === null || other === null || one.slice(-7) !== other.slice(-7)) return null;
  // Two whole numbers of known plans that differ are two lines, however much of them is the same.
  if (asked.confidence === 'certain' && stored.confidence === 'certain') return null;
  const weak = asked.confidence === 'weak' || stored.confidence === 'weak';
  const tens = one.length >= 10 && other.length >= 10 && one.slice(-10) === other.slice(-10);
  return weak && tens ? 'likely' : 'possible';
}
