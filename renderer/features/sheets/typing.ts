/** Whether a key that is pressed there is meant for a field, a dialog or a menu. */
export function isTyping(target: EventTarget | null): boolean {
  const kinds = 'input, select, textarea, [contenteditable], [role=dialog], [role=alertdialog], [role=menu]';
  return target instanceof HTMLElement && target.closest(kinds) !== null;
}

/** The digit of a key, by its place on the keyboard; 0 for any other key. */
export function digitOf({ code, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): number {
  if (ctrlKey || altKey || metaKey || shiftKey) return 0;
  return Number(/^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? 0);
}
