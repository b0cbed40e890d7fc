import type { LoggedCall } from '#contract/ipc/index.ts';
import type { FocusableRow, ListRow } from './list-rows.ts';

/** What the keys of the list ask for. */
export interface ListActions {
  rows(): readonly ListRow[];
  active(): FocusableRow | null;
  /** Rows that fit into the window. */
  pageSize(): number;
  moveTo(row: FocusableRow): void;
  open(call: LoggedCall): void;
  note(call: LoggedCall): void;
  call(call: LoggedCall): void;
  star(call: LoggedCall): void;
  toggleHandled(row: FocusableRow): void;
  setUnfolded(group: string, unfolded: boolean): void;
  leave(): void;
}

const isFocusable = (row: ListRow | undefined): row is FocusableRow => row !== undefined && row.kind !== 'day';

/** The row some steps away, or the last one before the end; days are passed over. */
export function rowAfter(rows: readonly ListRow[], from: FocusableRow | null, steps: number): FocusableRow | null {
  const focusable = rows.filter(isFocusable);
  const at = from ? focusable.findIndex(({ key }) => key === from.key) : -1;
  if (at < 0) return focusable[0] ?? null;
  return focusable[Math.min(Math.max(at + steps, 0), focusable.length - 1)] ?? null;
}

/** The keys of the list. Letters go by their place on the keyboard, so that a Russian layout has them too. */
export function useListKeys(actions: ListActions) {
  const step = (steps: number) => () => {
    const row = rowAfter(actions.rows(), actions.active(), steps);
    if (row) actions.moveTo(row);
  };
  const withRow = (act: (row: FocusableRow) => void) => () => {
    const row = actions.active();
    if (row) act(row);
  };

  function unfold(row: FocusableRow): void {
    if (row.kind === 'call' || row.older.length === 0) return;
    if (row.unfolded) step(1)();
    else actions.setUnfolded(row.key, true);
  }

  function fold(row: FocusableRow): void {
    if (row.kind === 'party') return actions.setUnfolded(row.key, false);
    const parent = actions.rows().find(({ key }) => key === row.parent);
    if (isFocusable(parent)) actions.moveTo(parent);
  }

  const keys: Record<string, () => void> = {
    ArrowDown: step(1),
    ArrowUp: step(-1),
    PageDown: () => step(actions.pageSize())(),
    PageUp: () => step(-actions.pageSize())(),
    Home: step(-Infinity),
    End: step(Infinity),
    ArrowRight: withRow(unfold),
    ArrowLeft: withRow(fold),
    Enter: withRow((row) => actions.open(row.call)),
    NumpadEnter: withRow((row) => actions.open(row.call)),
    Space: withRow((row) => actions.toggleHandled(row)),
    KeyC: withRow((row) => actions.call(row.call)),
    KeyN: withRow((row) => actions.note(row.call)),
    KeyF: withRow((row) => actions.star(row.call)),
    Escape: () => actions.leave(),
  };

  return function onKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const act = keys[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  };
}
