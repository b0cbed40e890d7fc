import type { CommandArguments, CommandName, CommandResult, SheetStatus, SheetWalk } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

type Asked<N extends CommandName> = (asked: CommandArguments<N>) => Promise<CommandResult<N>>;

/** The office's customer sheets as tables to call from: rows, the walk down them, and what is written back. */
export interface SheetDesk {
  list(): SheetStatus[];
  page: Asked<'sheets.page'>;
  setup: Asked<'sheets.setup'>;
  setUp(asked: CommandArguments<'sheets.setUp'>): Promise<void>;
  dial: Asked<'sheets.dial'>;
  walk: Asked<'sheets.walk'>;
  walking(): SheetWalk | null;
  call: Asked<'sheets.call'>;
  next: Asked<'sheets.next'>;
  skip(): Promise<SheetWalk>;
  pause(paused: boolean): Promise<SheetWalk>;
  stop(): Promise<void>;
  record(asked: CommandArguments<'sheets.record'>): Promise<void>;
  conflicts: Asked<'sheets.conflicts'>;
  resolve(asked: CommandArguments<'sheets.resolve'>): Promise<void>;
  write: Asked<'sheets.write'>;
  undo: Asked<'sheets.undo'>;
  links: Asked<'sheets.links'>;
  readonly onChanged: Event<SheetStatus[]>;
  readonly onRows: Event<{ sheetId: string; version: number }>;
  readonly onWalk: Event<SheetWalk | null>;
}
