import type { PeopleExportFormat } from '#contract/ipc/index.ts';

/**
 * Name of a file to save, as every system takes it, e.g. `Звонки 2026-11-25.xlsx`.
 * @param now Unix ms; the day is this computer's
 */
export function fileName(title: string, format: PeopleExportFormat, now: number): string {
  const local = new Date(now - new Date(now).getTimezoneOffset() * 60_000);
  const allowed = title.replace(/[<>:"/\\|?*\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ').replace(/\s+/g, ' ');
  return `${allowed.replace(/^[\s.]+|[\s.]+$/g, '') || 'Calls'} ${local.toISOString().slice(0, 10)}.${format}`;
}
