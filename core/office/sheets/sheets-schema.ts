import type { SchemaPart } from '#core/storage/index.ts';

/**
 * Customer sheets as they are worked through. `sheet`: how each is set up (`chosen` by the user, or as recognised) and
 * where it was last. `sheet_row`: what came of a row here. `sheet_change`: what is to be written into a workbook, and
 * what became of that; one that waits is all that waits for its row. `sheet_call`: which call was about which row, so
 * that nothing of a call is written twice. `sheet_walk`: the one walk. `sheet_heard`: all calls that ended until then (Unix
 * ms) have found their rows.
 */
const sheets = `
CREATE TABLE sheet (
  id TEXT PRIMARY KEY,
  directory_id TEXT NOT NULL,
  directory_label TEXT NOT NULL,
  file TEXT NOT NULL,
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  setup TEXT,
  chosen INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE sheet_row (
  sheet_id TEXT NOT NULL,
  row_key TEXT NOT NULL,
  called_at INTEGER,
  skipped_at INTEGER,
  result TEXT,
  written_at INTEGER,
  call_id TEXT,
  PRIMARY KEY (sheet_id, row_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_row_call ON sheet_row (call_id) WHERE call_id IS NOT NULL;
CREATE TABLE sheet_change (
  id INTEGER PRIMARY KEY,
  sheet_id TEXT NOT NULL,
  row_key TEXT NOT NULL,
  row INTEGER,
  name TEXT NOT NULL,
  cells TEXT NOT NULL,
  call_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'written', 'conflict', 'gone', 'several', 'refused', 'undone')),
  found TEXT NOT NULL DEFAULT '[]',
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  made_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sheet_change_waiting ON sheet_change (sheet_id, row_key) WHERE state = 'waiting';
CREATE INDEX sheet_change_row ON sheet_change (sheet_id, row_key);
CREATE INDEX sheet_change_open ON sheet_change (id) WHERE state NOT IN ('written', 'undone');
CREATE INDEX sheet_change_call ON sheet_change (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX sheet_change_written ON sheet_change (sheet_id, changed_at) WHERE state = 'written';
CREATE TABLE sheet_call (
  call_id TEXT NOT NULL,
  sheet_id TEXT NOT NULL,
  row_key TEXT NOT NULL,
  result TEXT,
  PRIMARY KEY (call_id, sheet_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE sheet_walk (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  place TEXT NOT NULL
) STRICT;
CREATE TABLE sheet_heard (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  until INTEGER NOT NULL
) STRICT;
CREATE TRIGGER sheet_of_forgotten_call AFTER DELETE ON call_record
BEGIN
  DELETE FROM sheet_call WHERE call_id = OLD.id;
  DELETE FROM sheet_row WHERE call_id = OLD.id;
  DELETE FROM sheet_change WHERE call_id = OLD.id AND state IN ('written', 'undone');
END;
`;

export const sheetsSchema: SchemaPart = {
  feature: 'sheets',
  migrations: [sheets],
  salvage: [
    {
      table: 'sheet',
      statements: [
        `INSERT INTO sheet (id, directory_id, directory_label, file, path, name, setup, chosen)
          VALUES (@id, @directory_id, @directory_label, @file, @path, @name, @setup, @chosen) ON CONFLICT DO NOTHING`,
      ],
    },
    {
      table: 'sheet_row',
      statements: [
        `INSERT INTO sheet_row (sheet_id, row_key, called_at, skipped_at, result, written_at, call_id)
          VALUES (@sheet_id, @row_key, @called_at, @skipped_at, @result, @written_at, @call_id) ON CONFLICT DO NOTHING`,
      ],
    },
    {
      table: 'sheet_change',
      statements: [
        `INSERT INTO sheet_change
          (id, sheet_id, row_key, row, name, cells, call_id, state, found, attempts, error, made_at, changed_at)
          VALUES (@id, @sheet_id, @row_key, @row, @name, @cells, @call_id, @state, @found, @attempts, @error, @made_at,
            @changed_at) ON CONFLICT DO NOTHING`,
      ],
    },
    {
      table: 'sheet_call',
      statements: [
        `INSERT INTO sheet_call (call_id, sheet_id, row_key, result) VALUES (@call_id, @sheet_id, @row_key, @result)
          ON CONFLICT DO NOTHING`,
      ],
    },
  ],
};
