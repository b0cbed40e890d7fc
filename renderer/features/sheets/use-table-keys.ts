/** What the keys of the table ask for; cells go by their row and column. */
export interface TableKeyActions {
  size(): { rows: number; columns: number };
  at(): { row: number; column: number };
  /** Rows that fit into the window. */
  fitting(): number;
  moveTo(row: number, column: number): void;
  /** Where a result is said, that of the cell. */
  edit(): void;
  /** What the cell is for: its result is edited, else the row is called. */
  act(): void;
  leave(): void;
}

export function useTableKeys(actions: TableKeyActions) {
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), Math.max(0, count - 1));
  const step = (rows: number, columns: number) => {
    const [{ row, column }, size] = [actions.at(), actions.size()];
    actions.moveTo(within(row + rows, size.rows), within(column + columns, size.columns));
  };
  const keys: Record<string, (event: KeyboardEvent) => void> = {
    ArrowDown: () => step(1, 0),
    ArrowUp: () => (actions.at().row === 0 ? actions.leave() : step(-1, 0)),
    ArrowRight: () => step(0, 1),
    ArrowLeft: () => step(0, -1),
    PageDown: () => step(actions.fitting(), 0),
    PageUp: () => step(-actions.fitting(), 0),
    Home: ({ ctrlKey }) => step(ctrlKey ? -Infinity : 0, ctrlKey ? 0 : -Infinity),
    End: ({ ctrlKey }) => step(ctrlKey ? Infinity : 0, ctrlKey ? 0 : Infinity),
    Enter: actions.act,
    NumpadEnter: actions.act,
    F2: actions.edit,
    Escape: actions.leave,
  };

  return function onKeydown(event: KeyboardEvent): void {
    const ends = event.code === 'Home' || event.code === 'End';
    if (event.metaKey || event.altKey || event.shiftKey || (event.ctrlKey && !ends)) return;
    const act = keys[event.code];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
}
