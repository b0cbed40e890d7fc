import { OffhookError } from '#contract/errors.ts';
import type { SheetSetup } from '#contract/ipc/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { SheetStore } from '../journal/sheet-store.ts';
import type { NextRow, SheetQuestion, SheetReader, TableRow } from '../reading/sheet-reader.ts';
import type { SheetList } from '../sheet-list.ts';
import type { SheetSetups } from '../sheet-setups.ts';
import type { WalkState } from './walk-state.ts';

export interface WalkRowsOptions {
  store: SheetStore;
  reader: SheetReader;
  list: SheetList;
  setups: SheetSetups;
  clock: Clock;
  logger: Logger;
}

/** The rows that a walk comes by. */
export class WalkRows {
  private readonly options: WalkRowsOptions;

  constructor(options: WalkRowsOptions) {
    this.options = options;
  }

  /** Null for a sheet that is gone. */
  async setupOf(sheetId: string): Promise<SheetSetup | null> {
    const { list, setups } = this.options;
    const sheet = list.find(sheetId);
    return sheet && (await setups.of(sheet.place)).setup;
  }

  /** @throws OffhookError `sheet.unknown`, `directory.*` */
  async row(sheetId: string, key: string): Promise<TableRow | null> {
    const page = await this.options.reader.rows({ ...(await this.questionFor(sheetId)), keys: [key] });
    return page.rows[0] ?? null;
  }

  /** The next row that the filter lets through and that nobody called since the walk began. */
  async goTo(walk: WalkState, included: boolean): Promise<void> {
    const { kept } = walk;
    const { row, passed, left } = await this.next(walk, included);
    walk.kept = {
      ...kept,
      key: row?.key ?? kept.key,
      row: row?.row ?? kept.row,
      callId: null,
      skipped: kept.skipped + passed,
    };
    Object.assign(walk, { row, left, step: row ? 'ready' : 'finished', proposed: null, recorded: false });
  }

  /** After a restart: the row where the walk was, or what comes after it. */
  async find(walk: WalkState): Promise<void> {
    const { sheetId, key } = walk.kept;
    const row = key === null ? null : await this.row(sheetId, key);
    if (!row) return this.goTo(walk, false);
    const next = await this.next(walk, false);
    walk.kept = { ...walk.kept, row: row.row };
    Object.assign(walk, { row, left: next.left + (next.row ? 1 : 0), step: 'ready' });
  }

  /** Keeps that the row was passed over. */
  async skip({ kept: { sheetId }, row }: WalkState): Promise<void> {
    const { store, reader, logger, clock } = this.options;
    if (!row) return;
    const word = { key: row.key, calledAt: null, skippedAt: clock.now() };
    reader.mark(sheetId, [{ ...word, followUpAt: null }]);
    await store
      .keep({ rows: [{ ...word, sheetId, result: null, callId: null }] })
      .catch((error: unknown) => logger.warn('a row that was passed over is not kept', { error }));
  }

  private async next({ kept }: WalkState, included: boolean): Promise<NextRow> {
    const from = { since: kept.startedAt, key: kept.key, row: kept.row, included };
    return this.options.reader.next({ ...(await this.questionFor(kept.sheetId)), filter: kept.filter, from });
  }

  private async questionFor(sheetId: string): Promise<SheetQuestion> {
    const { list, setups } = this.options;
    const sheet = list.find(sheetId);
    if (!sheet) throw new OffhookError('sheet.unknown');
    return setups.questionFor(sheet.place);
  }
}
