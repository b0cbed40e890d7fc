import type { SheetConflict } from '#contract/ipc/index.ts';
import { shownValue } from './journal/shown-value.ts';
import type { ChangeState, SheetChange } from './journal/sheet-change.ts';

const kinds: Partial<Record<ChangeState, SheetConflict['kind']>> = { gone: 'gone', several: 'several' };

/** What needs the user's word, as windows show it. */
export function showConflict({ id, key, row, name, state, cells, found }: SheetChange): SheetConflict {
  const shown = cells.map(({ heading, expected, value }) => {
    const before = expected ?? '';
    const now = found.find((cell) => cell.heading === heading)?.now ?? (state === 'gone' ? '' : before);
    return { heading, before, now, ours: shownValue(value) };
  });
  return { id, key, row, name, kind: kinds[state] ?? 'changed', cells: shown };
}
