import type { LoggedCall } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { useDialStore } from '#renderer/features/call/dial-store.ts';
import { useFavouriteToggle } from '#renderer/features/favourites/use-favourite-toggle.ts';
import { useCallListStore } from './call-list-store.ts';
import { useCallLogStore } from './call-log-store.ts';
import type { FocusableRow } from './list-rows.ts';
import { isOpenMissed, redialText } from './record-words.ts';
import type { ListActions } from './use-list-keys.ts';

interface ListPlace {
  pageSize(): number;
  focus(key: string): void;
  leave(): void;
}

/** What the list's keys and clicks do; failures become notices. */
export function useListActions(place: ListPlace): ListActions & { choose(row: FocusableRow): void } {
  const [list, log, dial, notices] = [useCallListStore(), useCallLogStore(), useDialStore(), useNoticesStore()];
  const favourite = useFavouriteToggle();

  function moveTo(row: FocusableRow): void {
    list.activeKey = row.key;
    place.focus(row.key);
  }

  /** All that are open in the row; where none is, the newest is open again. */
  function toggleHandled(row: FocusableRow): void {
    const calls = row.kind === 'party' && !row.unfolded ? [row.call, ...row.older] : [row.call];
    const open = calls.filter(isOpenMissed);
    const work = open.length > 0 ? open : calls.filter(({ missed }) => missed !== null).slice(0, 1);
    for (const { record } of work) void notices.attempt(() => log.annotate(record.id, { handled: open.length > 0 }));
  }

  function call({ record }: LoggedCall): void {
    const number = redialText(record);
    if (number !== null) void dial.place(number);
  }

  function open(chosen: LoggedCall): void {
    log.select(chosen);
  }

  return {
    rows: () => list.rows,
    active: () => list.active ?? list.rows.find((row): row is FocusableRow => row.kind !== 'day') ?? null,
    pageSize: place.pageSize,
    moveTo,
    open,
    choose(row) {
      list.activeKey = row.key;
      open(row.call);
    },
    note: (chosen) => log.select(chosen, { typing: true }),
    call,
    star: favourite.toggle,
    toggleHandled,
    setUnfolded: list.setUnfolded,
    leave: place.leave,
  };
}
