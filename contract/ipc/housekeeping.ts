import { z } from 'zod';

/** What would go by the settings of the section `records`. */
export const retentionPlan = z.object({
  /** Calls offered before it (Unix ms) go; null where none do. */
  callsBefore: z.number().nullable(),
  calls: z.int(),
  recordingsBefore: z.number().nullable(),
  /** Recordings that go, those of the calls included, and their bytes. */
  recordings: z.int(),
  recordingBytes: z.number(),
});
export type RetentionPlan = z.infer<typeof retentionPlan>;

/** A plan that the user has been told of and that is carried out in `daysLeft` days on which the program is used. */
export const retentionWarning = retentionPlan.extend({ daysLeft: z.int() });
export type RetentionWarning = z.infer<typeof retentionWarning>;

export const recordsWork = z.enum(['retention', 'backUp', 'restore', 'check', 'salvage', 'erasure']);
export type RecordsWork = z.infer<typeof recordsWork>;

export const removal = z.object({ at: z.number(), calls: z.int(), recordings: z.int(), recordingBytes: z.number() });
export type Removal = z.infer<typeof removal>;

export const recordsStatus = z.object({
  calls: z.int(),
  databaseBytes: z.number(),
  recordings: z.int(),
  recordingBytes: z.number(),
  warning: retentionWarning.nullable(),
  /** What is under way, and how much of it is done (0–1; null where nobody knows). */
  work: z.object({ kind: recordsWork, share: z.number().nullable() }).nullable(),
  lastRemoval: removal.nullable(),
  lastCheck: z.object({ at: z.number(), sound: z.boolean() }).nullable(),
  /** Where backups go while the setting says nothing else. */
  backupFolder: z.string(),
});
export type RecordsStatus = z.infer<typeof recordsStatus>;

export const backupFacts = z.object({
  file: z.string(),
  /** Unix ms. */
  madeAt: z.number(),
  version: z.string(),
  calls: z.int(),
  people: z.int(),
  recordings: z.int(),
  recordingBytes: z.number(),
  bytes: z.number(),
});
export type BackupFacts = z.infer<typeof backupFacts>;

/** Whom: by a number or a name as typed, by the key of a number, or as a person. */
export const erasureSubject = z.union([
  z.object({ partyKey: z.string().min(1).max(256) }),
  z.object({ personId: z.string().min(1).max(64) }),
  z.object({ text: z.string().trim().min(1).max(200) }),
]);
export type ErasureSubject = z.infer<typeof erasureSubject>;

const erased = z.object({
  calls: z.int(),
  /** Calls that had a note, an outcome or tags. */
  notes: z.int(),
  followUps: z.int(),
  recordings: z.int(),
  recordingBytes: z.number(),
  /** Numbers of the person, and whether a name was kept for them. */
  numbers: z.int(),
  names: z.int(),
  favourites: z.int(),
});

export const erasurePreview = erased.extend({ name: z.string().nullable(), partyKeys: z.array(z.string()) });
export type ErasurePreview = z.infer<typeof erasurePreview>;

/** Says what was erased, and holds nothing of it. */
export const erasureReceipt = z.object({
  id: z.string(),
  /** Unix ms. */
  at: z.number(),
  erased,
  /** Files in Offhook's folders that may still hold the person. */
  notReached: z.array(z.string()),
  /** `cleaning`: words are still being taken out of the search index. */
  state: z.enum(['cleaning', 'done']),
});
export type ErasureReceipt = z.infer<typeof erasureReceipt>;

const file = z.string().min(1).max(4096);

export const housekeepingCommands = {
  'records.status': { args: z.object({}), result: recordsStatus },
  /** Nothing goes by age or size any more: sets the settings so. */
  'records.keep': { args: z.object({}), result: z.object({}) },
  /** Carries out what the warning says without waiting. Rejects with `records.busy`. */
  'records.deleteNow': { args: z.object({}), result: removal.nullable() },
  /** Newest first. */
  'records.backups': { args: z.object({}), result: z.array(backupFacts) },
  /** Rejects with `backup.*` or `records.busy`. */
  'records.backUp': { args: z.object({ recordings: z.boolean() }), result: backupFacts },
  /** What a file holds, after every byte of it was checked, and how many people were erased since it was made. */
  'records.inspectBackup': { args: z.object({ file }), result: backupFacts.extend({ erasedSince: z.int() }) },
  /**
   * Gives where the present state was saved before. Rejects with `records.call-up`, `records.busy`,
   * `records.changed` where calls or notes came meanwhile, or `backup.*`; nothing is replaced then.
   */
  'records.restore': { args: z.object({ file }), result: z.object({ saved: z.string(), lines: z.int() }) },
  'records.check': { args: z.object({}), result: z.object({ sound: z.boolean() }) },
  /** Rejects with `records.nobody` where nothing is known of them. */
  'records.previewErasure': { args: z.object({ whom: erasureSubject }), result: erasurePreview },
  /** Cannot be undone. Rejects with `records.call-up`, `records.nobody` or `records.busy`. */
  'records.erase': { args: z.object({ whom: erasureSubject, confirmed: z.literal(true) }), result: erasureReceipt },
  /** Newest first. */
  'records.receipts': { args: z.object({}), result: z.array(erasureReceipt) },
};

export const housekeepingEvents = {
  'records.changed': z.object({ status: recordsStatus }),
  /** Calls or people went, or came from elsewhere: lists are to be asked for again. */
  'records.replaced': z.object({}),
};
