import type { LoggedCall } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { redialText } from '#renderer/features/call-log/record-words.ts';
import { useFavouritesStore } from './favourites-store.ts';

/** Keeps the party of a call at hand, or no longer; a failure becomes a notice. */
export function useFavouriteToggle() {
  const [favourites, notices] = [useFavouritesStore(), useNoticesStore()];
  const isFavourite = ({ record }: LoggedCall) => favourites.has(record.partyKey);
  const canToggle = ({ record }: LoggedCall) => record.partyKey !== null && redialText(record) !== null;

  function toggle(call: LoggedCall): void {
    const { partyKey, display } = call.record;
    const number = redialText(call.record);
    if (partyKey === null || number === null) return;
    void notices.attempt(() => favourites.set({ partyKey, number, display }, !isFavourite(call)));
  }

  return { isFavourite, canToggle, toggle };
}
