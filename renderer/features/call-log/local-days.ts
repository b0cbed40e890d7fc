/** Local midnight before a moment, both in Unix ms. */
export function dayStart(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}

/** Local midnight some days later (or earlier): not always 24 hours away. */
export function addDays(moment: number, days: number): number {
  const date = new Date(dayStart(moment));
  return date.setDate(date.getDate() + days);
}
