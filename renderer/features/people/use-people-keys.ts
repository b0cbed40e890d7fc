/** What the keys of the list of people ask for; rows go by their index. */
export interface PeopleKeyActions {
  count(): number;
  active(): number;
  /** Rows that fit into the window. */
  pageSize(): number;
  moveTo(index: number): void;
  open(index: number): void;
  call(index: number): void;
  card(index: number): void;
  leave(): void;
}

/** Letters go by their place on the keyboard, so that a Russian layout has them too. */
export function usePeopleKeys(actions: PeopleKeyActions) {
  const step = (steps: number) => {
    const last = actions.count() - 1;
    if (last >= 0) actions.moveTo(Math.min(Math.max(actions.active() + steps, 0), last));
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => (actions.active() === 0 ? actions.leave() : step(-1)),
    PageDown: () => step(actions.pageSize()),
    PageUp: () => step(-actions.pageSize()),
    Home: () => step(-Infinity),
    End: () => step(Infinity),
    Enter: () => actions.open(actions.active()),
    NumpadEnter: () => actions.open(actions.active()),
    KeyC: () => actions.call(actions.active()),
    KeyI: () => actions.card(actions.active()),
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
