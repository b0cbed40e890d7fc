type Modifiers = Pick<KeyboardEvent, 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Keys that work in the whole window. By place on the keyboard (`code`), so that any layout has them. */
export const shortcuts = {
  answer: { code: 'KeyA', alt: true, label: 'Alt+A' },
  hangUp: { code: 'KeyX', alt: true, label: 'Alt+X' },
  mute: { code: 'KeyM', alt: true, label: 'Alt+M' },
  hold: { code: 'KeyH', alt: true, label: 'Alt+H' },
  recording: { code: 'KeyR', alt: true, label: 'Alt+R' },
  keypad: { code: 'KeyK', alt: true, label: 'Alt+K' },
  callChosen: { code: 'KeyC', alt: true, label: 'Alt+C' },
  redial: { code: 'KeyD', alt: true, label: 'Alt+D' },
  find: { code: 'KeyF', alt: false, label: 'Ctrl+F' },
} as const;

export type ShortcutName = keyof typeof shortcuts;

export function shortcutOf(event: Modifiers): ShortcutName | null {
  if (event.shiftKey || event.altKey === (event.ctrlKey || event.metaKey)) return null;
  const found = Object.entries(shortcuts).find(([, { code, alt }]) => code === event.code && alt === event.altKey);
  return (found?.[0] as ShortcutName | undefined) ?? null;
}
