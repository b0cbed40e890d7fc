import type { RetentionPlan } from '#contract/ipc/index.ts';

/** A warning as it is remembered. */
export interface RetentionNotice {
  /** The settings that it follows from; others warn anew. */
  policy: string;
  /** As first told: what falls due later is told later. */
  callsBefore: number | null;
  recordingsBefore: number | null;
  /** Days on which a window could show it. */
  daysSeen: number;
  /** The last of them, `2026-01-15` in local time. */
  lastDay: string | null;
}

export interface RetentionLook {
  policy: string;
  plan: RetentionPlan;
  /** Local day, `2026-01-15`. */
  today: string;
  /** A window is open, so the warning can be seen. */
  visible: boolean;
}

/** Days that a warning stands before anything goes; the day on which it appears is not one of them. */
export const warningDays = 7;

function earlier(told: number | null, now: number | null): number | null {
  return told === null || now === null ? null : Math.min(told, now);
}

/**
 * The warning after a look at what would go: the same one, grown older by a day on which it was seen; a new one; or
 * none. Days are counted as they are lived through with the program, so that a clock that jumps ahead by years brings
 * nothing nearer than a day would, and one that was set back spares what is not old any more.
 */
export function nextNotice(present: RetentionNotice | null, look: RetentionLook): RetentionNotice | null {
  const { policy, plan, today, visible } = look;
  if (plan.callsBefore === null && plan.recordingsBefore === null) return null;
  const same = present?.policy === policy ? present : null;
  const callsBefore = same ? earlier(same.callsBefore, plan.callsBefore) : plan.callsBefore;
  const recordingsBefore = same ? earlier(same.recordingsBefore, plan.recordingsBefore) : plan.recordingsBefore;
  if (same && callsBefore === null && recordingsBefore === null) return nextNotice(null, look);
  const { daysSeen, lastDay } = same ?? { daysSeen: 0, lastDay: null };
  const counts = visible && lastDay !== today;
  return {
    policy,
    callsBefore,
    recordingsBefore,
    daysSeen: counts ? daysSeen + 1 : daysSeen,
    lastDay: counts ? today : lastDay,
  };
}

export function daysLeft({ daysSeen }: RetentionNotice): number {
  return Math.max(0, Math.min(warningDays, warningDays + 1 - daysSeen));
}
