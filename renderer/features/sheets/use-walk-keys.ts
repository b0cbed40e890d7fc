import { useEventListener } from '@vueuse/core';
import { digitOf, isTyping } from './typing.ts';

export interface WalkKeyActions {
  /** By its digit, counted from 1; false where there is none. */
  choose(digit: number): boolean;
  call(): void;
  next(): void;
  skip(): void;
  togglePause(): void;
  note(): void;
}

/** Keys that work wherever the keyboard is while a sheet is called through. Letters go by their place on the keyboard. */
export function useWalkKeys(actions: WalkKeyActions): void {
  const keys: Record<string, () => void> = {
    KeyS: actions.skip,
    KeyP: actions.togglePause,
    KeyN: actions.note,
  };

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    const entered = event.code === 'Enter' || event.code === 'NumpadEnter';
    if (event.defaultPrevented || event.repeat) return;
    if (entered && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return actions.next();
    }
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null;
    const act = entered ? (onButton ? undefined : actions.call) : keys[event.code];
    if (!act && !actions.choose(digitOf(event))) return;
    event.preventDefault();
    act?.();
  });
}
