import path from 'node:path';
import type { DirectoryConfigOf, DirectoryStatus } from '#contract/ipc/index.ts';
import type { DirectoryDesk } from '#core/contacts/index.ts';
import { DisposableStore, Emitter, type Logger } from '#core/foundation/index.ts';
import type { KnownSheet, SheetStore } from './journal/sheet-store.ts';
import { mappingFor, sheetId, type SheetPlace } from './sheet-place.ts';

export interface SheetListOptions {
  directories: DirectoryDesk;
  store: SheetStore;
  logger: Logger;
}

export interface ListedSheet {
  place: SheetPlace;
  /** Rows with a number. */
  rows: number;
}

type SheetDirectory = DirectoryStatus & { config: DirectoryConfigOf<'sheet'> };

const isSheets = (directory: DirectoryStatus): directory is SheetDirectory => directory.config.kind === 'sheet';

/**
 * The sheets of all address books that are sheets, as they were found when those were last read: no disk is looked at
 * for them.
 */
export class SheetList {
  private readonly options: SheetListOptions;
  private readonly changed = new Emitter<void>();
  private readonly listening = new DisposableStore();
  private sheets = new Map<string, ListedSheet>();
  /** Sheets of which something was kept, there or not. */
  private known = new Map<string, KnownSheet>();
  private print = '';
  private turn: Promise<void> = Promise.resolve();

  readonly onChanged = this.changed.event;

  constructor(options: SheetListOptions) {
    this.options = options;
  }

  listen(): void {
    this.listening.add(this.options.directories.onChanged(() => void this.look()));
  }

  /** Reads the list anew, whatever is known. */
  async reload(): Promise<void> {
    this.known = new Map((await this.options.store.known()).map((sheet) => [sheet.id, sheet]));
    this.print = '';
    await this.look();
  }

  dispose(): void {
    this.listening.dispose();
  }

  get all(): readonly ListedSheet[] {
    return [...this.sheets.values()];
  }

  find(id: string): ListedSheet | null {
    return this.sheets.get(id) ?? null;
  }

  /** Of a sheet that may be gone. */
  knownAs(id: string): KnownSheet | null {
    return this.sheets.get(id)?.place ?? this.known.get(id) ?? null;
  }

  /** Those of which something was kept, and that are not there any more. */
  get gone(): KnownSheet[] {
    return [...this.known.values()].filter(({ id }) => !this.sheets.has(id));
  }

  forget(id: string): void {
    this.known.delete(id);
  }

  remember(sheet: KnownSheet): void {
    this.known.set(sheet.id, sheet);
  }

  /** The sheet of a file, as an entry of the directory says where it is. */
  at(directoryId: string, file: string, sheet: string): ListedSheet | null {
    return this.find(sheetId(directoryId, path.basename(file), sheet));
  }

  setRows(id: string, rows: number): void {
    const sheet = this.sheets.get(id);
    if (sheet) sheet.rows = rows;
  }

  private look(): Promise<void> {
    this.turn = this.turn
      .then(() => this.lookNow())
      .catch((error: unknown) => {
        this.options.logger.warn('the list of sheets could not be read', { error });
      });
    return this.turn;
  }

  private async lookNow(): Promise<void> {
    const directories = this.options.directories.list().filter(isSheets);
    const facts = directories.map(({ id, label, config, refreshedAt, entries }) => [
      id,
      label,
      config,
      refreshedAt,
      entries,
    ]);
    const print = JSON.stringify(facts);
    if (print === this.print) return;
    const sheets = new Map<string, ListedSheet>();
    for (const directory of directories)
      for (const sheet of await this.sheetsOf(directory)) sheets.set(sheet.place.id, sheet);
    this.print = print;
    this.sheets = sheets;
    this.changed.fire();
  }

  private async sheetsOf({ id, label, config }: SheetDirectory): Promise<ListedSheet[]> {
    const found = await this.options.store.sheetsOf(id);
    return found.map(({ path: whole, sheet, rows }) => {
      const file = path.basename(whole);
      // Files that share a directory have their names before their rows' keys.
      const keyPrefix = whole === config.path ? '' : `${file}\n`;
      const mapping = mappingFor(config.mappings, file, sheet);
      const place = { directoryId: id, directoryLabel: label, file, path: whole, sheet, mapping, keyPrefix };
      return { place: { id: sheetId(id, file, sheet), ...place }, rows };
    });
  }
}
