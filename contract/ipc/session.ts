import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { settingsValues, settingsPatch } from '../settings.ts';
import { callSnapshot } from './calls.ts';
import { lineSnapshot } from './lines.ts';

/** A standing problem that the window shows until it is gone or dismissed. */
export const problem = z.object({ id: z.string(), error: errorReport, since: z.number(), dismissable: z.boolean() });
export type Problem = z.infer<typeof problem>;

export const sessionSnapshot = z.object({
  version: z.string(),
  shell: z.enum(['electron', 'web']),
  /** Where secrets lie: the system's key store, or a file for the user alone. */
  secretStore: z.enum(['key-store', 'file']),
  /** Echo service and voice menu of the built-in exchange, when it runs; null otherwise. */
  demo: z.object({ echo: z.string(), menu: z.string() }).nullable(),
  lines: z.array(lineSnapshot),
  calls: z.array(callSnapshot),
  settings: settingsValues,
  problems: z.array(problem),
});
export type SessionSnapshot = z.infer<typeof sessionSnapshot>;

export const sessionCommands = {
  /** First command of a window; every change after it arrives as an event. */
  'session.open': { args: z.object({}), result: sessionSnapshot },
  'session.dismissProblem': { args: z.object({ problemId: z.string() }), result: z.object({}) },
  'settings.set': { args: z.object({ values: settingsPatch }), result: z.object({}) },
  /** Starts the built-in exchange with a demo account, for the first-run page. */
  'session.startDemo': { args: z.object({}), result: z.object({}) },
};

export const sessionEvents = {
  'settings.changed': z.object({ settings: settingsValues }),
  'problems.changed': z.object({ problems: z.array(problem) }),
};
