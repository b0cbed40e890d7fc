import type { LoggedCall } from '#contract/ipc/index.ts';
import { addDays } from './local-days.ts';

const minute = 60_000;
const morning = 9;

export interface TimeChoice {
  id: 'tenMinutes' | 'hour' | 'tomorrow' | 'nextWeek';
  /** Unix ms. */
  at: number;
}

const inTheMorning = (day: number) => new Date(day).setHours(morning, 0, 0, 0);
const hourLater = (now: number): TimeChoice => ({ id: 'hour', at: now + 60 * minute });
const tomorrow = (now: number): TimeChoice => ({ id: 'tomorrow', at: inTheMorning(addDays(now, 1)) });

/** How long a reminder may wait. */
export function snoozeChoices(now: number): TimeChoice[] {
  return [{ id: 'tenMinutes', at: now + 10 * minute }, hourLater(now), tomorrow(now)];
}

/** When to call again. */
export function followUpChoices(now: number): TimeChoice[] {
  return [hourLater(now), tomorrow(now), { id: 'nextWeek', at: inTheMorning(addDays(now, 7)) }];
}

export function hasOpenFollowUp({ annotation }: LoggedCall): boolean {
  return annotation !== null && annotation.followUpAt !== null && annotation.followUpDoneAt === null;
}

/** When the user wants to be reminded, Unix ms; Infinity where there is nothing to be reminded of. */
export function dueAt(call: LoggedCall): number {
  if (!hasOpenFollowUp(call)) return Infinity;
  return Math.max(call.annotation?.followUpAt ?? Infinity, call.annotation?.snoozedUntil ?? -Infinity);
}

const two = (value: number) => String(value).padStart(2, '0');

/** As `<input type="datetime-local">` has it, in local time; empty for null. */
export function toLocalInput(moment: number | null): string {
  if (moment === null) return '';
  const date = new Date(moment);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Null for what is no moment (yet). */
export function fromLocalInput(text: string): number | null {
  const moment = new Date(text).getTime();
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(moment) ? moment : null;
}
