import type { SchemaPart } from '#core/storage/index.ts';

/** A row lives as long as its call. `run` tells the calls of this run from those that an earlier one left. */
const dialogs = `
CREATE TABLE open_dialog (
  call_id TEXT PRIMARY KEY,
  run TEXT NOT NULL,
  line_id TEXT NOT NULL,
  kept_at INTEGER NOT NULL,
  sip_call_id TEXT NOT NULL,
  local_tag TEXT NOT NULL,
  remote_tag TEXT NOT NULL,
  local_uri TEXT NOT NULL,
  remote_uri TEXT NOT NULL,
  remote_target TEXT NOT NULL,
  route_set TEXT NOT NULL,
  local_sequence INTEGER NOT NULL
) STRICT;
`;

export const openDialogsSchema: SchemaPart = { feature: 'open-dialogs', migrations: [dialogs] };
