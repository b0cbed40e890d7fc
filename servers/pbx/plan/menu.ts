/** Where a caller is in the voice menu. */
export interface MenuState {
  language: 'ru' | 'en';
  place: 'menu' | 'digits' | 'echo' | 'music';
}

export type MenuAction =
  | { do: 'say'; prompt: 'menu' | 'digits' | 'unknown' }
  | { do: 'say-digit'; digit: string }
  | { do: 'echo' }
  | { do: 'music' }
  | { do: 'end' };

/**
 * The voice menu as a pure function of where the caller is and what was pressed:
 *
 *     menu ──1──▶ digits (says each digit) ──*──▶ menu          menu ──9──▶ menu in the other language
 *          ──2──▶ echo                     ──*──▶ menu          menu ──*──▶ menu once more
 *          ──3──▶ music                    ──*──▶ menu          menu ──0 or #──▶ good-bye
 */
export function pressInMenu(state: MenuState, digit: string): { state: MenuState; action: MenuAction } {
  const menu: MenuState = { ...state, place: 'menu' };
  if (digit === '*') return { state: menu, action: { do: 'say', prompt: 'menu' } };
  if (state.place === 'digits') return { state, action: { do: 'say-digit', digit } };
  if (digit === '#' || (digit === '0' && state.place === 'menu')) return { state: menu, action: { do: 'end' } };
  if (state.place !== 'menu') return { state, action: { do: state.place } };
  switch (digit) {
    case '1':
      return { state: { ...state, place: 'digits' }, action: { do: 'say', prompt: 'digits' } };
    case '2':
      return { state: { ...state, place: 'echo' }, action: { do: 'echo' } };
    case '3':
      return { state: { ...state, place: 'music' }, action: { do: 'music' } };
    case '9':
      return { state: { ...menu, language: state.language === 'ru' ? 'en' : 'ru' }, action: { do: 'say', prompt: 'menu' } };
    default:
      return { state: menu, action: { do: 'say', prompt: 'unknown' } };
  }
}
