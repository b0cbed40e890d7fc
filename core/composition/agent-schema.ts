import { callLogSchema } from '#core/call-log/call-log-schema.ts';
import { openDialogsSchema } from '#core/calls/open-dialogs-schema.ts';
import { housekeepingSchema } from '#core/housekeeping/housekeeping-schema.ts';
import { programsSchema } from '#core/office/local-api/programs-schema.ts';
import { eventActionsSchema } from '#core/office/event-actions/event-actions-schema.ts';
import { journalsSchema } from '#core/office/journals/journals-schema.ts';
import { peopleSchema, sourceEntriesSchema } from '#core/contacts/people/people-schema.ts';
import { sheetsSchema } from '#core/office/sheets/sheets-schema.ts';
import { recordingsSchema } from '#core/recordings/recordings-schema.ts';
import type { SchemaPart } from '#core/storage/index.ts';
import { outboxSchema } from '#core/sync/outbox-schema.ts';

/** Every table of the agent's one database. The calls know of the people whom they were with, who therefore come first. */
export const agentSchema: readonly SchemaPart[] = [
  peopleSchema,
  callLogSchema,
  openDialogsSchema,
  recordingsSchema,
  housekeepingSchema,
  sheetsSchema,
  sourceEntriesSchema,
  outboxSchema,
  programsSchema,
  eventActionsSchema,
  journalsSchema,
];
