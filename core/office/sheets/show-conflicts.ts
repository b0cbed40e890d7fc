import type { SheetConflict } from '#contract/ipc/index.ts';
import { shownValue } from './journal/shown-value.ts';
import { isRival, type ChangeState, type SheetChange } from './journal/sheet-change.ts';

const kinds: Partial<Record<ChangeState, SheetConflict['kind']>> = {
  gone: 'gone',
  several: 'several',
  refused: 'refused',
};

/** What needs the user's word, as windows show it. @param all of the sheet */
export function showConflict(change: SheetChange, all: readonly SheetChange[]): SheetConflict {
  const { id, key, row, name, state, cells, found } = change;
  const shown = cells.map(({ heading, expected, value }) => {
    const before = expected ?? '';
    const now = found.find((cell) => cell.heading === heading)?.now ?? (state === 'gone' ? '' : before);
    return { heading, before, now, ours: shownValue(value) };
  });
  const isDoubtful = state === 'several' && all.some((other) => isRival(change, other));
  const kind = isDoubtful ? 'which' : (kinds[state] ?? 'changed');
  return { id, key, row, name, kind, problem: state === 'refused' ? change.error : null, cells: shown };
}
