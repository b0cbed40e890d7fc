import type { SheetChange } from './sheet-change.ts';

/** Changes that are not written, by their sheets. */
export class OpenChanges {
  private readonly all = new Map<number, SheetChange>();
  private readonly sheets = new Map<string, Map<number, SheetChange>>();

  get sheetIds(): string[] {
    return [...this.sheets.keys()];
  }

  get(id: number): SheetChange | undefined {
    return this.all.get(id);
  }

  /** The oldest first. */
  of(sheetId: string): SheetChange[] {
    return [...(this.sheets.get(sheetId)?.values() ?? [])];
  }

  set(change: SheetChange): void {
    const { id, sheetId } = change;
    this.all.set(id, change);
    const known = this.sheets.get(sheetId);
    if (known) known.set(id, change);
    else this.sheets.set(sheetId, new Map([[id, change]]));
  }

  delete(id: number): void {
    const change = this.all.get(id);
    if (!change) return;
    this.all.delete(id);
    const known = this.sheets.get(change.sheetId);
    known?.delete(id);
    if (known?.size === 0) this.sheets.delete(change.sheetId);
  }

  clear(): void {
    this.all.clear();
    this.sheets.clear();
  }
}
