import { z } from 'zod';

export const journalId = z.string().min(1).max(64);
const directoryId = z.string().min(1).max(64);

/** Where a word about each call is written. */
export const journalConfig = z.discriminatedUnion('kind', [
  /** A `ТелефонныйЗвонок` document by OData, over the access of a 1C directory. */
  z.object({ kind: z.literal('onec'), directoryId }),
  /** Classic Outlook: a journal entry or a task. */
  z.object({ kind: z.literal('outlook'), write: z.enum(['journal', 'task']) }),
  /** The new Outlook, over the account of a Graph directory: a task or an appointment. */
  z.object({ kind: z.literal('graph'), directoryId, write: z.enum(['task', 'appointment']) }),
]);
export type JournalConfig = z.infer<typeof journalConfig>;
export type JournalConfigOf<K extends JournalConfig['kind']> = Extract<JournalConfig, { kind: K }>;

export const journal = z.object({
  id: journalId,
  enabled: z.boolean().default(true),
  config: journalConfig,
  /** Which calls: all, or those that somebody answered. */
  calls: z.enum(['all', 'answered']).default('answered'),
  internal: z.boolean().default(false),
});
export type Journal = z.infer<typeof journal>;

export const journalCommands = {
  'journals.list': { args: z.object({}), result: z.array(journal) },
  /** Makes one (`id` null) or changes it. */
  'journals.save': {
    args: journal.extend({ id: journalId.nullable().default(null) }),
    result: z.object({ journalId }),
  },
  'journals.remove': { args: z.object({ journalId }), result: z.object({}) },
  /** Whether it could be written now: asks the other side and writes nothing. Rejects with `delivery.*`, `directory.*`. */
  'journals.test': { args: z.object({ config: journalConfig }), result: z.object({ note: z.string() }) },
};

export const journalEvents = {
  'journals.changed': z.object({ journals: z.array(journal) }),
};
