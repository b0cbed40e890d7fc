import type { SheetJournal } from './journal/sheet-journal.ts';
import type { SheetStore } from './journal/sheet-store.ts';
import type { WriteBack } from './journal/write-back.ts';
import type { SheetReader } from './reading/sheet-reader.ts';
import type { SheetList } from './sheet-list.ts';
import type { SheetPlace } from './sheet-place.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

export interface UndoServices {
  writer: WorkbookWriter;
  writeBack: WriteBack;
  journal: SheetJournal;
  store: SheetStore;
  list: SheetList;
  reader: SheetReader;
}

/**
 * Puts the file back as it was before the last write. What that write had taken from the journal counts as not written
 * then, and is not written again by itself.
 * @throws OffhookError `sheet.nothing-to-undo`, `sheet.changed`
 */
export async function undoWrite({ path }: SheetPlace, services: UndoServices): Promise<void> {
  const { writer, writeBack, journal, store, list, reader } = services;
  const ids = list.all.filter(({ place }) => place.path === path).map(({ place }) => place.id);
  await writeBack.exclusive(path, async () => {
    const [last, journalled] = [writer.lastWrite(path), await store.lastWriteAt(ids)];
    await writer.undo(path);
    // Links are written past the journal.
    if (last && journalled !== null && journalled >= last.at) await journal.undone(ids, journalled);
  });
  for (const id of ids) reader.lookAgain(id);
  await writeBack.look(path);
}
