import type { SheetStore } from './journal/sheet-store.ts';
import type { ListedSheet, SheetList } from './sheet-list.ts';

/**
 * The sheet that stands for one that is gone: the user has given its address book another path, or has renamed the file.
 * Null where that is not sure.
 */
function heirOf(gone: { directoryId: string; sheet: string; id: string }, list: SheetList): ListedSheet | null {
  const same = list.all.filter(({ place }) => place.directoryId === gone.directoryId && place.keyPrefix === '');
  const named = same.filter(({ place }) => place.sheet === gone.sheet);
  return named.length === 1 ? named[0]! : null;
}

/** Gives what was kept of sheets that moved to where they are now. @returns whether there were any */
export async function adoptMoved(list: SheetList, store: SheetStore): Promise<boolean> {
  let adopted = false;
  for (const gone of list.gone) {
    const heir = heirOf(gone, list);
    if (!heir) continue;
    await store.adopt(gone.id, heir.place.id);
    list.forget(gone.id);
    adopted = true;
  }
  return adopted;
}
