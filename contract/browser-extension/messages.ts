import { z } from 'zod';
import { errorCode } from '../errors.ts';

const common = {
  /** Comes back with the answer. */
  id: z.int().min(0),
  /** Of the sentences in the answer. */
  language: z.enum(['ru', 'en']).default('en'),
};
const number = z.string().trim().min(1).max(256);

/** What the extension may ask of the native host; there is nothing else. */
export const hostRequest = z.discriminatedUnion('command', [
  z.strictObject({ ...common, command: z.literal('dial'), number }),
  z.strictObject({ ...common, command: z.literal('status') }),
  z.strictObject({ ...common, command: z.literal('lookup'), number }),
]);
export type HostRequest = z.output<typeof hostRequest>;

/** `not-running`: Offhook is not there; `bad-request`: not one of the above. */
export const hostFailureCode = z.union([errorCode, z.enum(['not-running', 'bad-request'])]);

/** What the host answers, by the command that was asked. */
export interface HostResults {
  /** `asked`: the user is asked in Offhook's window. */
  dial: { outcome: 'asked' | 'dialled' };
  status: { version: string; registered: boolean };
  lookup: { name: string | null; firm: string | null };
}

export type HostAnswer<C extends keyof HostResults = keyof HostResults> =
  | { id: number; result: HostResults[C]; error: null }
  | { id: number; result: null; error: { code: z.infer<typeof hostFailureCode>; sentence: string } };
