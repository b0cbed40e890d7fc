/** Keys that work in the whole window. By place on the keyboard (`code`), so that any layout has them. */
export const shortcuts = {
  answer: { code: 'KeyA', alt: true, label: 'Alt+A' },
  hangUp: { code: 'KeyX', alt: true, label: 'Alt+X' },
  mute: { code: 'KeyM', alt: true, label: 'Alt+M' },
  hold: { code: 'KeyH', alt: true, label: 'Alt+H' },
  recording: { code: 'KeyR', alt: true, label: 'Alt+R' },
  keypad: { code: 'KeyK', alt: true, label: 'Alt+K' },
} as const;

export type ShortcutName = keyof typeof shortcuts;

export function shortcutOf(event: Pick<KeyboardEvent, 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): ShortcutName | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const found = Object.entries(shortcuts).find(([, shortcut]) => shortcut.code === event.code);
  return (found?.[0] as ShortcutName | undefined) ?? null;
}
